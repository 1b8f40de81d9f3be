import { doubled } from './backoff.ts'
import type { Clock, Random } from './clock.ts'
import type { Cursor } from './trail.ts'
import { overlap } from './trail.ts'

export interface AuditPlanPorts {
  readonly clock: Clock
  readonly random: Random
  readonly isActive: () => boolean
  readonly isSilent: () => boolean
  /** There is a socket at all. */
  readonly isHeard: () => boolean
}

/**
 * Milliseconds from one reading to the next. What a silent socket kept back is found within 30 s in a chat on screen and
 * within a minute in any other, at a quarter of a call a second for ten chats. Chance keeps them from marching in step.
 */
const pauses = {
  silent: { least: 8000, most: 12_000 },
  active: { least: 17_000, most: 24_000 },
  other: { least: 36_000, most: 48_000 },
  /** Without a socket: ten chats stay far below the rate of an instance. */
  polledActive: { least: 2300, most: 2700 },
  polledOther: { least: 4600, most: 5400 },
} as const
const verdictsEvery = 10_000
/** Waits that double from the first to the last while nothing comes of it. */
const doubt = { base: 1500, cap: 20_000 } as const
const failure = { base: 3000, cap: 20_000 } as const

/** When a chat is read next. */
export class AuditPlan {
  readonly #ports: AuditPlanPorts
  #readAt = -Infinity
  #chance = 0
  #kind: 'whole' | 'audit' = 'whole'
  #isFruitless = false
  #fruitless = 0
  #failures = 0
  #verdictsAt = -Infinity
  #end: { readonly last: Cursor; readonly since: number } | null = null
  #isSettled = false

  constructor(ports: AuditPlanPorts) {
    this.#ports = ports
  }

  get isFailing(): boolean {
    return this.#failures > 0
  }

  /** What was told of older items meanwhile may have been told to nobody, and is looked at with every other reading. */
  get isTimeForVerdicts(): boolean {
    return this.#ports.clock.uptime() - this.#verdictsAt >= verdictsEvery
  }

  lookedAtVerdicts(): void {
    this.#verdictsAt = this.#ports.clock.uptime()
  }

  /**
   * The last item once it has been the last for longer than the service may file something before it: the next reading
   * need not go back any further.
   */
  get settledEnd(): Cursor | null {
    return this.#isSettled ? (this.#end?.last ?? null) : null
  }

  restart(): void {
    this.#failures = 0
    this.#fruitless = 0
  }

  began(kind: 'whole' | 'audit'): void {
    this.#kind = kind
    this.#isFruitless = true
    this.#readAt = this.#ports.clock.uptime()
    this.#chance = this.#ports.random()
  }

  /** All that was looked for was read. */
  succeeded(): void {
    this.#failures = 0
  }

  brought(): void {
    this.#isFruitless = false
  }

  /** The newest end was read: this is the last item there is. */
  readTo(last: Cursor | null): void {
    this.#fruitless = this.#isFruitless && this.#kind === 'whole' ? this.#fruitless + 1 : 0
    const isSame = last !== null && this.#end?.last.serviceId === last.serviceId
    if (last !== null && !isSame) this.#end = { last, since: this.#readAt }
    // An empty answer to "what comes after the end" says the same as the end alone.
    this.#isSettled = this.#end !== null && this.#readAt - this.#end.since > overlap
  }

  afterDoubt(): number {
    return doubled(doubt, this.#fruitless)
  }

  afterFailure(): number {
    this.#failures += 1
    return doubled(failure, this.#failures - 1) * (0.75 + this.#ports.random() / 4)
  }

  untilAudit(): number {
    const { least, most } = pauses[this.#mode]
    const since = this.#ports.clock.uptime() - this.#readAt
    return Math.max(0, least + (most - least) * this.#chance - since)
  }

  get #mode(): keyof typeof pauses {
    const isActive = this.#ports.isActive()
    if (!this.#ports.isHeard()) return isActive ? 'polledActive' : 'polledOther'
    if (this.#ports.isSilent()) return 'silent'
    return isActive ? 'active' : 'other'
  }
}
