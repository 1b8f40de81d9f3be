import type { IncomingMessage, ServerResponse } from 'node:http'
import { cut, json, pathOf, preflight, write } from '../service/http.ts'
import { safeSubset } from '../service/request-log.ts'
import type { Simulator } from '../simulator.ts'
import type { World } from '../world.ts'
import { answerControl } from './control-routes.ts'
import { answerFeed, feedPath, streamFeed } from './feed-routes.ts'

/** Listens apart from the service, so that a test can still steer while the service refuses connections. */
export class ControlServer {
  readonly #world: World
  readonly #simulator: Simulator

  constructor(world: World, simulator: Simulator) {
    this.#world = world
    this.#simulator = simulator
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    void this.#serve(request, response)
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const now = this.#world.clock.trueNow()
    if (request.method === 'OPTIONS') {
      write(response, preflight(request), now)
      return
    }
    const { pathname } = pathOf(request)
    if (pathname === feedPath || pathname.startsWith(`${feedPath}/`)) {
      await this.#feed(request, response, pathname)
      return
    }
    write(response, await answerControl(this.#simulator, request), now)
  }

  async #feed(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> {
    const { faults, requests, clock } = this.#world
    const entry = requests.open({ operation: 'Feed', headers: safeSubset(request.headers) })
    const scope = { operation: 'Feed' }
    const refusal =
      faults.inForce.some((fault) => fault.operation === 'Feed') && faults.take('refuse-connections', scope)
    const failing = refusal ? undefined : faults.take('http-error', scope)
    if (!refusal && !failing && request.method === 'GET' && pathname === feedPath) {
      entry.close(200)
      streamFeed(this.#world, response)
      return
    }
    const path = pathname.slice(feedPath.length + 1).split('/')
    const reply = refusal
      ? cut
      : failing
        ? json(failing.status ?? 500, { message: 'Internal server error' })
        : ((await answerFeed(this.#world, request, path)) ?? json(404, { message: 'Not part of the feed' }))
    entry.close(reply.kind === 'cut' ? 0 : reply.status)
    write(response, reply, clock.trueNow())
  }
}
