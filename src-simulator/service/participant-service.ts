import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FaultScope } from '../faults/faults.ts'
import type { Grant } from '../room/directory.ts'
import type { World } from '../world.ts'
import { authorize } from './authorize.ts'
import { gatewayReply } from './gateway.ts'
import { handlers } from './handlers.ts'
import type { Reply } from './http.ts'
import {
  cors,
  cut,
  headerOf,
  htmlError,
  json,
  pathOf,
  preflight,
  readBody,
  refuseUpgrade,
  reset,
  write,
} from './http.ts'
import { untilReleased } from './hanging.ts'
import type { Route } from './operations.ts'
import { routeOf } from './operations.ts'
import { safeSubset } from './request-log.ts'
import { refusalWith, ServiceError, throttled } from './service-error.ts'
import { answerStorage } from './storage-routes.ts'
import { storagePath } from './pretend-storage.ts'

const maxBodyBytes = 1_048_576
/** How much later a reply comes under the `slow` and `echo-before-response` faults when they do not say. */
const slowMs = 2000
const echoLeadMs = 150

/** The participant API over HTTP: eleven operations and the storage behind attachments. */
export class ParticipantService {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    this.#serve(request, response).catch((error: unknown) => {
      write(
        response,
        json(500, { Message: `The simulator failed: ${String(error)}` }),
        this.#world.clock.now(),
      )
    })
  }

  upgrade(request: IncomingMessage, wire: Duplex, head: Buffer): void {
    const { faults, hub, tickets } = this.#world
    const room = tickets.roomOf(pathOf(request).searchParams)
    const scope = { contactIds: room?.contactIds, operation: 'WebSocket' } as const
    wire.on('error', () => wire.destroy())
    if (faults.take('refuse-connections', scope)) {
      reset(request)
      return
    }
    const hanging = faults.take('hang', { ...scope, isAside: true })
    if (hanging) {
      void untilReleased(this.#world, { fault: hanging, caller: wire }).then(() => reset(request))
      return
    }
    const gateway = faults.take('gateway', { ...scope, isAside: true })
    const failing = faults.take('http-error', { ...scope, isAside: true })
    if (gateway) refuseUpgrade(wire, gatewayReply(gateway, this.#world.address.http))
    else if (failing) refuseUpgrade(wire, { status: failing.status ?? 500, headers: {}, body: '' })
    else hub.upgrade(request, wire, head)
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = pathOf(request)
    if (url.pathname.startsWith(storagePath) && request.method !== 'OPTIONS') {
      await answerStorage(this.#world, request, response)
      return
    }
    const reply =
      request.method === 'OPTIONS' ? preflight(request) : await this.#api(request, response, url.pathname)
    write(response, reply, this.#world.clock.now())
  }

  async #api(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<Reply> {
    const { directory, requests } = this.#world
    const token = headerOf(request, 'x-amz-bearer')
    const holder = directory.holderOf(token)
    const route = safeRoute(request.method ?? 'GET', pathname)
    const entry = requests.open({
      operation: route?.operation ?? 'Unknown',
      contactId: holder?.room.contactId,
      participantId: holder?.participant.id,
      headers: safeSubset(request.headers),
    })
    if (!route) return unknownRoute()
    const scope: FaultScope = { contactIds: holder?.room.contactIds, operation: route.operation }
    if (this.#world.faults.take('refuse-connections', scope)) return cut
    const raw = await readBody(request, maxBodyBytes)
    if (!raw) return cut
    const body = parseBody(raw, route)
    const clientToken = clientTokenIn(body)
    if (clientToken !== undefined) entry.note(clientToken)
    const reply = (await this.#hindered(scope, response)) ?? this.#answer(route, { token, body, holder })
    const sent = await this.#afterwards(scope, reply)
    entry.close(sent.kind === 'cut' ? 0 : sent.status)
    return sent
  }

  /** The faults that keep a call from being carried out at all. */
  async #hindered(scope: FaultScope, response: ServerResponse): Promise<Reply | undefined> {
    const { faults } = this.#world
    const hanging = faults.take('hang', scope)
    if (hanging) {
      await untilReleased(this.#world, { fault: hanging, caller: response })
      return cut
    }
    const gateway = faults.take('gateway', scope)
    if (gateway) return gatewayReply(gateway, this.#world.address.http)
    if (faults.take('html-503', scope)) return htmlError(503)
    const failing = faults.take('http-error', scope)
    return failing && this.#refuse(refusalWith(failing.status ?? 500))
  }

  #answer(
    route: Route,
    call: { readonly token: string | undefined; readonly body: unknown; readonly holder: Grant | undefined },
  ): Reply {
    try {
      this.#admit(route, call.holder)
      const grant = authorize(this.#world, route.operation, call.token)
      if (call.body instanceof ServiceError) throw call.body
      const body = handlers[route.operation]({ world: this.#world, grant, body: call.body })
      return json(200, body, { ...cors, 'x-amzn-requestid': this.#world.mint.id() })
    } catch (error) {
      if (error instanceof ServiceError) return this.#refuse(error)
      throw error
    }
  }

  #admit({ operation }: Route, holder: Grant | undefined): void {
    const { faults, switches, throttle } = this.#world
    const { throttleScope, throttled: isThrottled } = switches.now
    if (!isThrottled && !faults.find('throttle', { contactIds: holder?.room.contactIds, operation })) return
    const group = throttleScope === 'participant' ? (holder?.participant.id ?? 'nobody') : ''
    const calls = throttleScope === 'account' ? 2 : 1
    if (!throttle.admits(operation, group, calls)) throw throttled()
  }

  /** The faults that concern the way back. */
  async #afterwards(scope: FaultScope, reply: Reply): Promise<Reply> {
    const { faults } = this.#world
    if (faults.take('lose-response', scope)) return cut
    const slow = faults.take('slow', scope)
    if (slow) await this.#pause(slow.durationMs ?? slowMs)
    if (faults.take('echo-before-response', scope)) await this.#pause(echoLeadMs)
    return reply
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#world.clock.after(milliseconds, resolve)
    })
  }

  #refuse(error: ServiceError): Reply {
    const { errorTypeForm, errorsCarryCors } = this.#world.switches.now
    const url = 'http://internal.amazon.com/coral/com.amazonaws.participant/'
    const typeHeader = {
      header: error.type,
      'header-with-url': `${error.type}:${url}`,
      body: undefined,
      none: undefined,
    }[errorTypeForm]
    return json(
      error.status,
      { ...(errorTypeForm === 'body' && { __type: error.type }), Message: error.message, ...error.details },
      {
        ...(errorsCarryCors && cors),
        'x-amzn-requestid': this.#world.mint.id(),
        ...(typeHeader !== undefined && { 'x-amzn-errortype': typeHeader }),
      },
    )
  }
}

function safeRoute(method: string, pathname: string): Route | undefined {
  try {
    return routeOf(method, pathname)
  } catch {
    return undefined
  }
}

const unknownRoute = (): Reply =>
  json(404, { message: 'Unknown operation' }, { ...cors, 'x-amzn-errortype': 'UnknownOperationException' })

function parseBody(raw: Buffer, route: Route): unknown {
  if (route.pathToken !== undefined) return { ViewToken: route.pathToken }
  if (raw.length === 0) return {}
  try {
    return JSON.parse(raw.toString())
  } catch {
    return new ServiceError(400, 'SerializationException', { message: 'The request body is not valid JSON.' })
  }
}

function clientTokenIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('ClientToken' in body)) return undefined
  return typeof body.ClientToken === 'string' ? body.ClientToken : undefined
}
