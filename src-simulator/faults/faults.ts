import { z } from 'zod'
import type { Stop } from '../clock.ts'
import type { OperationName } from '../service/operations.ts'
import { operationNames } from '../service/operations.ts'
import { gatewayBodies } from '../service/gateway.ts'

/**
 * What can go wrong, and what `status`, `count` and `durationMs` mean where they do not mean the usual: the HTTP
 * status, how many times, and how long. Without a count and a duration a fault lasts until it is taken back.
 */
export const faultKinds = [
  /** Cuts open sockets now (1006, or closes them with `status`); for a duration also those that open later. */
  'drop-sockets',
  /** Resets TCP connections, requests on kept-alive ones, and socket handshakes. Open sockets live on. */
  'refuse-connections',
  /** Sockets open now carry nothing either way and are cut at the end. On `WebSocket`: new ones too. */
  'half-open',
  'mute-heartbeat',
  'ping-500',
  /** Answers `status` (500) and applies nothing. */
  'http-error',
  'html-503',
  /**
   * Something in between answers `status` (403) with a `body` of its own, and passes nothing on. Storage and sockets
   * have to be named.
   */
  'gateway',
  /** An agent who asks for a socket is answered 400. */
  'refuse-agent-sockets',
  /** The answer to an agent leaves the socket out, whatever was asked for. */
  'omit-agent-sockets',
  /** Accepts the request, applies nothing and never answers; the connection is cut at the end. */
  'hang',
  /** Applies at once, answers `durationMs` (2000) later. */
  'slow',
  /** Applies, then cuts the connection instead of answering. Once. */
  'lose-response',
  'duplicate-frames',
  /** Frames change places in pairs. */
  'reorder-frames',
  /** The reply waits until the echo has gone out. */
  'echo-before-response',
  /** Frames lack fields a reader can do without, and fragments without an id come along. */
  'missing-fields',
  /** Frames of unknown type, topic and form come along; none is kept. */
  'unknown-types',
  /** Sockets open now answer heartbeats and carry no items; on `WebSocket`, new ones too. */
  'silent-subscription',
  /** A transcript page `leads` back to itself, round to the first, or nowhere with page after page without items. */
  'stuck-pager',
  /** The answer to GetTranscript is `{}`. */
  'omit-transcript',
  'omit-initial-contact-id',
  /** Transcript pages hold two more items, one without an id and one without a time. */
  'incomplete-items',
  /** Items go out in a `form` (truncated) that a client cannot read, or not as it expects. */
  'unreadable-frames',
  /** A gateway error on open sockets now; with a count or a duration also instead of the next subscriptions. */
  'forbidden-frame',
  /** Connection tokens given so far turn 403; on `CreateParticipantConnection` participant tokens do, for good. */
  'expire-token',
  /** Socket URLs given so far, and the next one, are too old. */
  'expire-socket-url',
  'storage-403',
  /** Resets a PUT when 60 % has arrived. Once. */
  'storage-cut',
  'reject-attachments',
  /** Applies the published rates. */
  'throttle',
  /** The service's clock is ahead by `durationMs` (300000; may be negative). */
  'clock-skew',
] as const

export const stuckLeads = ['back', 'round', 'nowhere'] as const

export const unreadableForms = [
  'truncated',
  'encoded-twice',
  'in-list',
  'over-1-mb',
  'binary',
  'not-json',
] as const

export type FaultKind = (typeof faultKinds)[number]

/** Happen once, on the spot, unless a duration asks for more. */
const momentary: ReadonlySet<FaultKind> = new Set(['drop-sockets', 'forbidden-frame', 'expire-token'])
/** Happen once unless a count or a duration asks for more. */
const singular: ReadonlySet<FaultKind> = new Set(['lose-response', 'storage-cut', 'expire-socket-url'])
/** Here `durationMs` is an amount (of delay, of skew), not a life span. */
const measured: ReadonlySet<FaultKind> = new Set(['slow', 'clock-skew'])

export const FaultSpec = z.strictObject({
  kind: z.enum(faultKinds),
  contactId: z.string().optional(),
  operation: z.enum(operationNames).optional(),
  status: z.number().int().optional(),
  count: z.number().int().min(1).optional(),
  durationMs: z.number().optional(),
  /** Of a `gateway`. Default: html. */
  body: z.enum(gatewayBodies).optional(),
  /** Of `stuck-pager`. Default: back. */
  leads: z.enum(stuckLeads).optional(),
  /** Of `unreadable-frames`. Default: truncated. */
  form: z.enum(unreadableForms).optional(),
})

export type FaultSpec = Readonly<z.input<typeof FaultSpec>>
export type Fault = Readonly<z.output<typeof FaultSpec> & { id: string }>

/** What a fault is held against. A missing part matches only faults that do not name it. */
export type FaultScope = Readonly<{
  contactIds?: readonly string[] | undefined
  operation?: OperationName | undefined
  /** Only a fault that names the operation counts, not one for everything. */
  isAside?: boolean
}>

type Standing = { readonly fault: Fault; left: number; stopTimer: Stop | undefined }
type Tools = Readonly<{ after: (delayMs: number, act: () => void) => Stop; id: () => string }>

/** The faults in force. They happen when asked, never by chance. */
export class FaultBoard {
  readonly #tools: Tools
  readonly #standing = new Map<string, Standing>()
  readonly #onStart = new Set<(fault: Fault) => void>()
  readonly #onEnd = new Set<(fault: Fault) => void>()
  readonly #onCleared = new Set<() => void>()

  constructor(tools: Tools) {
    this.#tools = tools
  }

  get inForce(): readonly Fault[] {
    return [...this.#standing.values()].map((standing) => standing.fault)
  }

  onStart(act: (fault: Fault) => void): Stop {
    this.#onStart.add(act)
    return () => this.#onStart.delete(act)
  }

  onEnd(act: (fault: Fault) => void): Stop {
    this.#onEnd.add(act)
    return () => this.#onEnd.delete(act)
  }

  /** Called when faults are taken back by hand. */
  onCleared(act: () => void): Stop {
    this.#onCleared.add(act)
    return () => this.#onCleared.delete(act)
  }

  /** Throws a ZodError when the fault is not one the simulator knows. */
  add(spec: unknown): Fault {
    const fault: Fault = { ...FaultSpec.parse(spec), id: this.#tools.id() }
    const { kind, count, durationMs } = fault
    const span = measured.has(kind) ? undefined : durationMs
    if (!momentary.has(kind) || span !== undefined || (count !== undefined && kind !== 'drop-sockets')) {
      const standing: Standing = {
        fault,
        left: count ?? (singular.has(kind) && span === undefined ? 1 : Infinity),
        stopTimer: undefined,
      }
      this.#standing.set(fault.id, standing)
      if (span !== undefined) standing.stopTimer = this.#tools.after(span, () => this.#finish(fault.id))
    }
    for (const act of [...this.#onStart]) act(fault)
    return fault
  }

  clear(kind?: FaultKind): void {
    for (const { fault } of [...this.#standing.values()])
      if (kind === undefined || fault.kind === kind) this.#finish(fault.id)
    for (const act of [...this.#onCleared]) act()
  }

  /** The first fault of this kind that applies; it stays as it is. */
  find(kind: FaultKind, scope: FaultScope = {}): Fault | undefined {
    return this.#match(kind, scope)?.fault
  }

  /** The same, and one of its `count` is used up. */
  take(kind: FaultKind, scope: FaultScope = {}): Fault | undefined {
    const standing = this.#match(kind, scope)
    if (!standing) return undefined
    standing.left -= 1
    if (standing.left <= 0) this.#finish(standing.fault.id)
    return standing.fault
  }

  #match(kind: FaultKind, scope: FaultScope): Standing | undefined {
    if (this.#standing.size === 0) return undefined
    for (const standing of this.#standing.values())
      if (standing.fault.kind === kind && concerns(standing.fault, scope)) return standing
    return undefined
  }

  #finish(id: string): void {
    const standing = this.#standing.get(id)
    if (!standing) return
    this.#standing.delete(id)
    standing.stopTimer?.()
    for (const act of [...this.#onEnd]) act(standing.fault)
  }
}

export function concerns(fault: Fault, scope: FaultScope): boolean {
  const { contactId, operation } = fault
  return (
    (contactId === undefined || (scope.contactIds?.includes(contactId) ?? false)) &&
    (operation === undefined ? scope.isAside !== true : operation === scope.operation)
  )
}
