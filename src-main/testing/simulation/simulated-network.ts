import type { Random, Stop } from '../../chat/clock.ts'
import type { Operation as RatedOperation } from '../../participant/rate-scheduler.ts'
import { answeredByGateway, ServiceError } from '../../participant/service-error.ts'
import type { ManualClock } from '../manual-clock.ts'

/** The page's own token again; a page without items and a token of its own. */
export type StuckHow = 'repeat' | 'empty'

export type Reach = 'fine' | 'refused' | 'silent'

type Operation = RatedOperation | 'storage'

/** What a gateway answers in place of the service: everything, or one operation. */
export const gatewayPlaces = ['everything', 'connection', 'message', 'transcript', 'upload-start'] as const
export type GatewayPlace = (typeof gatewayPlaces)[number]

/** Calls work and sockets do not: asking for one is refused, none is given, or its handshake fails. */
export const socketDenials = ['refused', 'left-out', 'blocked'] as const
export type SocketDenial = (typeof socketDenials)[number]

/** How long the client waits for an answer; the real one gives up in the same way. */
const patience = 15_000

export interface NetworkFaults {
  reach: Reach
  /** Every call fails with this status while it is set. */
  errorStatus: number | null
  /** Answers to be cut off after the service has acted. */
  losing: number
  /** Answers that never come. */
  hanging: number
  /** Calls the client takes for lost, which reach the service `heldFor` milliseconds later all the same. */
  holding: number
  heldFor: number
  duplicating: boolean
  reordering: boolean
  /** Frames that vanish although their socket lives. */
  losingFrames: number
  /** Calls answered with 403 for no reason. */
  refusing: number
  /** Sockets that are opened carry no items although they answer heartbeats. */
  muting: boolean
  gateway: GatewayPlace | null
  noSockets: SocketDenial | null
  /** Transcript pages whose token leads nowhere, and how. */
  sticking: number
  stuckHow: StuckHow
}

export function noFaults(): NetworkFaults {
  return {
    reach: 'fine',
    errorStatus: null,
    losing: 0,
    hanging: 0,
    holding: 0,
    heldFor: 0,
    duplicating: false,
    reordering: false,
    losingFrames: 0,
    refusing: 0,
    muting: false,
    gateway: null,
    noSockets: null,
    sticking: 0,
    stuckHow: 'repeat',
  }
}

/** Between the app and the service: delays, losses, refusals. */
export class SimulatedNetwork {
  readonly faults = noFaults()
  readonly #clock: ManualClock
  readonly #random: Random
  readonly #slowest: number
  readonly #ends = new Map<keyof NetworkFaults, Stop>()

  constructor(clock: ManualClock, random: Random, slowest: number) {
    this.#clock = clock
    this.#random = random
    this.#slowest = slowest
  }

  /** One fault for a while. */
  meanwhile<Fault extends 'duplicating' | 'reordering' | 'muting' | 'gateway' | 'noSockets'>(
    fault: Fault,
    value: NetworkFaults[Fault],
    lasting: number,
  ): void {
    this.#ends.get(fault)?.()
    this.faults[fault] = value
    this.#ends.set(
      fault,
      this.#clock.after(lasting, () => (this.faults[fault] = noFaults()[fault])),
    )
  }

  /** Nothing goes wrong from now on. */
  calm(): void {
    for (const stop of this.#ends.values()) stop()
    Object.assign(this.faults, noFaults())
  }

  get delay(): number {
    return 1 + Math.floor(this.#random() * this.#slowest)
  }

  /** One call: there, acted upon, and back, unless something comes in between. */
  call<T>(operation: Operation, act: () => T, signal?: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = (tell: () => void) => {
        stop()
        signal?.removeEventListener('abort', cancel)
        tell()
      }
      const stop = this.#clock.after(patience, () =>
        end(() => reject(new ServiceError('timed-out', 'no answer'))),
      )
      const cancel = () => end(() => reject(new ServiceError('cancelled', 'given up')))
      signal?.addEventListener('abort', cancel)
      if (signal?.aborted === true) return cancel()
      this.#clock.after(this.delay, () => {
        if (this.faults.reach === 'silent') return
        if (this.faults.reach === 'refused') return end(() => reject(cutOff()))
        if (this.#holds(act)) return end(() => reject(cutOff()))
        this.#answer(operation, act, (outcome) =>
          end(() => ('error' in outcome ? reject(outcome.error) : resolve(outcome.value))),
        )
      })
    })
  }

  #holds(act: () => unknown): boolean {
    const { faults } = this
    if (faults.holding === 0) return false
    faults.holding -= 1
    this.#clock.after(faults.heldFor, () => attempt(act))
    return true
  }

  #answer<T>(operation: Operation, act: () => T, tell: (outcome: Outcome<T>) => void): void {
    const { faults } = this
    const refused = this.#refusal(operation)
    const outcome: Outcome<T> = refused === null ? attempt(act) : { error: refused }
    if (refused === null && faults.hanging > 0) {
      faults.hanging -= 1
      return
    }
    const isLost = refused === null && faults.losing > 0
    if (isLost) faults.losing -= 1
    this.#clock.after(this.delay, () => {
      if (faults.reach === 'silent') return
      tell(isLost || faults.reach === 'refused' ? { error: cutOff() } : outcome)
    })
  }

  #refusal(operation: Operation): ServiceError | null {
    const { faults } = this
    if (faults.gateway === 'everything' || faults.gateway === operation) return byGateway()
    if (faults.refusing > 0) {
      faults.refusing -= 1
      return refusal(403)
    }
    return faults.errorStatus === null ? null : refusal(faults.errorStatus)
  }
}

/** Of all that a gateway may answer, what would end a chat if the service had said it. */
function byGateway(): ServiceError {
  return answeredByGateway('simulated', { status: 403, name: 'Squid' })
}

type Outcome<T> = { readonly value: T } | { readonly error: Error }

function attempt<T>(act: () => T): Outcome<T> {
  try {
    return { value: act() }
  } catch (error) {
    return { error: error instanceof Error ? error : new Error('unknown') }
  }
}

function cutOff(): ServiceError {
  return new ServiceError('unreachable', 'cut off')
}

export function refusal(status: number): ServiceError {
  const codes = { 400: 'refused', 403: 'denied', 409: 'conflict', 429: 'throttled' } as const
  const code = Object.entries(codes).find(([known]) => Number(known) === status)?.[1] ?? 'service-unavailable'
  return new ServiceError(code, `status ${status}`, { status })
}
