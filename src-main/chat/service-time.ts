import type { Clock } from './clock.ts'

/** What the service's clock says, as far as it told us. This computer's clock may be hours off. */
export class ServiceTime {
  readonly #clock: Clock
  #ahead = 0
  #latest = -Infinity

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The service said what time it is. */
  told(at: number): void {
    this.#ahead = at - this.#clock.now()
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
    return this.#clock.now() + this.#ahead
  }

  /** A service time on this computer's clock, and never in its future. */
  toLocal(at: number): number {
    return Math.min(this.#clock.now(), at - this.#ahead)
  }
}
