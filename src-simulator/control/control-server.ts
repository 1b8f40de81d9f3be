import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Reply } from '../service/http.ts'
import { cut, json, pathOf, write } from '../service/http.ts'
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
    this.#serve(request, response).catch((error: unknown) => {
      write(response, json(500, { message: `The simulator failed: ${String(error)}` }), this.#now())
    })
  }

  #now(): number {
    return this.#world.clock.trueNow()
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = pathOf(request)
    if (pathname === feedPath || pathname.startsWith(`${feedPath}/`))
      await this.#feed(request, response, pathname.slice(feedPath.length + 1))
    else write(response, await answerControl(this.#simulator, request), this.#now())
  }

  async #feed(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const entry = this.#world.requests.open({ operation: 'Feed', headers: safeSubset(request.headers) })
    const refusal = this.#refusal()
    if (!refusal && request.method === 'GET' && path === '') {
      entry.close(200)
      streamFeed(this.#world, response)
      return
    }
    const reply =
      refusal ??
      (await answerFeed(this.#world, request, path.split('/'))) ??
      json(404, { message: 'Not part of the feed' })
    entry.close(reply.kind === 'cut' ? 0 : reply.status)
    write(response, reply, this.#now())
  }

  /** Only faults that name the feed concern it: it belongs to somebody else than the service. */
  #refusal(): Reply | undefined {
    const scope = { operation: 'Feed', isAside: true } as const
    if (this.#world.faults.take('refuse-connections', scope)) return cut
    const failing = this.#world.faults.take('http-error', scope)
    return failing && json(failing.status ?? 500, { message: 'Internal server error' })
  }
}
