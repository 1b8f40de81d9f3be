import { type RateOperation, rateOperations } from '#shared/instance-settings.ts'
import type { Clock, Stop } from '../chat/clock.ts'
import type { BucketSize } from './token-bucket.ts'
import { TokenBucket } from './token-bucket.ts'

export type Operation = RateOperation

export type RateLimits = Readonly<Record<Operation, BucketSize>>

export const defaultRateLimits: RateLimits = {
  connection: { rate: 6, burst: 9 },
  disconnect: { rate: 3, burst: 5 },
  transcript: { rate: 8, burst: 12 },
  message: { rate: 10, burst: 15 },
  event: { rate: 10, burst: 15 },
  'upload-start': { rate: 2, burst: 5 },
  'upload-complete': { rate: 2, burst: 5 },
  attachment: { rate: 8, burst: 12 },
  other: { rate: 2, burst: 5 },
}

/** Most urgent first. */
export const urgencies = ['send', 'active-chat', 'other-chat', 'receipt', 'typing'] as const
export type Urgency = (typeof urgencies)[number]

const shortestPause = 1000

/** The request rates of one Connect instance, shared by all its chats. */
export class RateScheduler {
  readonly #buckets: ReadonlyMap<Operation, TokenBucket>
  readonly #listeners = new Set<() => void>()

  constructor(clock: Clock, limits: RateLimits = defaultRateLimits) {
    this.#buckets = new Map(rateOperations.map((name) => [name, new TokenBucket(clock, limits[name])]))
  }

  /** For calls from now on; those that wait keep their place. */
  change(limits: RateLimits): void {
    for (const name of rateOperations) this.#bucket(name).resize(limits[name])
  }

  /** Resolves when the call may leave. */
  take(operation: Operation, urgency: Urgency, signal?: AbortSignal): Promise<void> {
    return this.#bucket(operation).take(urgencies.indexOf(urgency), signal)
  }

  tryTake(operation: Operation): boolean {
    return this.#bucket(operation).tryTake()
  }

  /** The service answered 429, with or without a `Retry-After`. */
  refused(operation: Operation, retryAfter: number | null): void {
    this.#bucket(operation).refused(Math.max(retryAfter ?? 0, shortestPause))
  }

  /** One chat of the instance has got through: the others need not wait for their next try. */
  reached(): void {
    for (const tell of [...this.#listeners]) tell()
  }

  onReached(tell: () => void): Stop {
    this.#listeners.add(tell)
    return () => this.#listeners.delete(tell)
  }

  #bucket(operation: Operation): TokenBucket {
    const bucket = this.#buckets.get(operation)
    if (bucket === undefined) throw new Error(`No rate is known for ${operation}.`)
    return bucket
  }
}
