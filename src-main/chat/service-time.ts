import type { Clock } from './clock.ts'

/** A step of this computer's clock that is no drift: somebody set it. */
const aStep = 1000
/** The service tells its time in whole seconds. */
const granularity = 1500

/** What the service's clock says, as far as it told us. This computer's clock may be hours off, and may be set. */
export class ServiceTime {
  readonly #clock: Clock
  #ahead: number | null = null
  /** What `now` and `uptime` differ by, as long as nobody sets the clock. */
  #offset: number
  #latest = -Infinity

  constructor(clock: Clock) {
    this.#clock = clock
    this.#offset = clock.now() - clock.uptime()
  }

  /** The service said what time it is. */
  told(at: number): void {
    this.#settle()
    const ahead = at - this.#clock.now()
    // Told in whole seconds, it would otherwise make everything that is dated by it jump to and fro.
    if (this.#ahead === null || Math.abs(ahead - this.#ahead) > granularity) this.#ahead = ahead
    this.saw(at)
  }

  /** The service dated something with this time, now or earlier. */
  saw(at: number): void {
    this.#latest = Math.max(this.#latest, at)
  }

  /** The latest time the service is known to have reached. */
  get latest(): number {
    return this.#latest
  }

  now(): number {
    this.#settle()
    return this.#clock.now() + (this.#ahead ?? 0)
  }

  /** A service time on this computer's clock, and never in its future. */
  toLocal(at: number): number {
    this.#settle()
    return Math.min(this.#clock.now(), at - (this.#ahead ?? 0))
  }

  #settle(): void {
    const offset = this.#clock.now() - this.#clock.uptime()
    const step = offset - this.#offset
    if (Math.abs(step) < aStep) return
    this.#offset = offset
    if (this.#ahead !== null) this.#ahead -= step
  }
}
