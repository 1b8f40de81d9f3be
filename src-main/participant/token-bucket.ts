import type { Clock, Stop } from '../chat/clock.ts'
import { ServiceError } from './service-error.ts'

export interface BucketSize {
  /** Calls per second. */
  readonly rate: number
  readonly burst: number
}

interface Waiter {
  readonly priority: number
  readonly order: number
  readonly admit: () => void
}

/** Held back, because calls do not arrive as evenly as they leave: two close together must not be one too many. */
const heldBack = 0.2
const recoveryPerSecond = 0.05
const slowest = 1 / 16

/**
 * One operation's share of the instance. Lets calls through at the rate, the most urgent first, then in order of
 * arrival. After a refusal it halves its rate and grows back over some seconds.
 */
export class TokenBucket {
  readonly #clock: Clock
  #size: BucketSize
  #burst: number
  readonly #waiting: Waiter[] = []
  #tokens: number
  #rate: number
  #filledAt: number
  #isBlocked = false
  #order = 0
  #stop: Stop | null = null

  constructor(clock: Clock, size: BucketSize) {
    this.#clock = clock
    this.#size = size
    this.#burst = usableBurst(size)
    this.#tokens = this.#burst
    this.#rate = size.rate
    this.#filledAt = clock.now()
  }

  /** Holds from the next call on; what was saved up never exceeds the new burst. */
  resize(size: BucketSize): void {
    this.#fill()
    this.#size = size
    this.#burst = usableBurst(size)
    this.#tokens = Math.min(this.#tokens, this.#burst)
    this.#rate = size.rate
    if (this.#isBlocked) return
    // The timer was set for the old rate.
    this.#stop?.()
    this.#stop = null
    this.#schedule()
  }

  tryTake(): boolean {
    this.#fill()
    if (this.#isBlocked || this.#waiting.length > 0 || this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }

  /** Resolves when it is this call's turn. Rejects with 'cancelled' when given up. */
  take(priority: number, signal?: AbortSignal): Promise<void> {
    if (this.tryTake()) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const leave = () => {
        const index = this.#waiting.indexOf(waiter)
        if (index >= 0) this.#waiting.splice(index, 1)
        reject(new ServiceError('cancelled', 'The call was given up.'))
      }
      const admit = () => {
        signal?.removeEventListener('abort', leave)
        resolve()
      }
      const waiter: Waiter = { priority, order: ++this.#order, admit }
      if (signal?.aborted === true) return leave()
      signal?.addEventListener('abort', leave, { once: true })
      this.#queue(waiter)
      this.#schedule()
    })
  }

  /** The service said no: nobody else goes until it is ready again. */
  refused(retryAfter: number): void {
    this.#fill()
    this.#rate = Math.max(this.#rate / 2, this.#size.rate * slowest)
    this.#tokens = 0
    this.#isBlocked = true
    this.#stop?.()
    this.#stop = this.#clock.after(retryAfter, () => {
      this.#isBlocked = false
      this.#filledAt = this.#clock.now()
      this.#tokens = 1
      this.#stop = null
      this.#admit()
    })
  }

  #queue(waiter: Waiter): void {
    const before = this.#waiting.findIndex((other) => other.priority > waiter.priority)
    if (before < 0) this.#waiting.push(waiter)
    else this.#waiting.splice(before, 0, waiter)
  }

  #schedule(): void {
    if (this.#stop !== null || this.#waiting.length === 0) return
    const wait = Math.max(0, (1 - this.#tokens) / this.#rate) * 1000
    this.#stop = this.#clock.after(Math.ceil(wait), () => {
      this.#stop = null
      this.#fill(wait)
      this.#admit()
    })
  }

  #admit(): void {
    while (this.#tokens >= 1) {
      const next = this.#waiting.shift()
      if (next === undefined) return
      this.#tokens -= 1
      next.admit()
    }
    this.#schedule()
  }

  /** A clock that jumped back gives nothing but the time a timer has surely waited. */
  #fill(waited = 0): void {
    const now = this.#clock.now()
    // Timers may run a little early, so their time is not to be trusted more than the clock.
    const elapsed = now < this.#filledAt ? waited : now - this.#filledAt
    this.#filledAt = now
    if (this.#isBlocked) return
    this.#tokens = Math.min(this.#burst, this.#tokens + (elapsed / 1000) * this.#rate)
    // Rounding must not cost another turn of the timer.
    if (this.#tokens > 1 - 1e-6 && this.#tokens < 1) this.#tokens = 1
    this.#rate = Math.min(
      this.#size.rate,
      this.#rate + (elapsed / 1000) * recoveryPerSecond * this.#size.rate,
    )
  }
}

function usableBurst({ burst }: BucketSize): number {
  return Math.max(1, burst - Math.ceil(burst * heldBack))
}
