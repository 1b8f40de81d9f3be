import type { Operation } from './operations.ts'
import { operations } from './operations.ts'

type Bucket = { tokens: number; filledAt: number }

/** Token buckets, one per operation and caller group. */
export class ThrottleGate {
  readonly #now: () => number
  readonly #buckets = new Map<string, Bucket>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** Whether one more call fits, or several at once; if so they are counted. */
  admits(operation: Operation, group: string, calls = 1): boolean {
    const [perSecond, burst] = operations[operation].rate
    const key = `${operation} ${group}`
    const now = this.#now()
    const bucket = this.#buckets.get(key) ?? { tokens: burst, filledAt: now }
    const refilled = bucket.tokens + ((now - bucket.filledAt) / 1000) * perSecond
    const tokens = Math.min(burst, refilled)
    const fits = tokens >= calls
    this.#buckets.set(key, { tokens: fits ? tokens - calls : tokens, filledAt: now })
    return fits
  }

  clear(): void {
    this.#buckets.clear()
  }
}
