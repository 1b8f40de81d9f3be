import type { Clock, Stop } from '../../chat/clock.ts'
import type { ManualClock } from '../manual-clock.ts'

/** The computer's clock and the app's timers on it: timers stand still in sleep and die with the process. */
export class AppProcess implements Clock {
  isAlive = true
  readonly #clock: ManualClock
  readonly #skewNow: () => number
  #asleepSince: number | null = null
  #held: { readonly left: number; readonly run: () => void }[] = []

  constructor(clock: ManualClock, skewNow: () => number) {
    this.#clock = clock
    this.#skewNow = skewNow
  }

  now(): number {
    return this.#clock.now() + this.#skewNow()
  }

  uptime(): number {
    return this.#clock.elapsed
  }

  after(milliseconds: number, run: () => void): Stop {
    let isStopped = false
    const stop = this.#clock.after(milliseconds, () => this.#fire(() => isStopped || run()))
    return () => {
      isStopped = true
      stop()
    }
  }

  /** Something from outside reaches the process, unless it is dead; a sleeping one hears of it on waking. */
  reach(run: () => void): void {
    if (!this.isAlive) return
    if (this.#asleepSince === null) run()
    else this.#held.push({ left: 0, run })
  }

  sleep(): void {
    this.#asleepSince = this.#clock.elapsed
  }

  wake(): void {
    this.#asleepSince = null
    const held = this.#held
    this.#held = []
    for (const { left, run } of held) this.#clock.after(left, () => this.#fire(run))
  }

  #fire(run: () => void): void {
    if (!this.isAlive) return
    if (this.#asleepSince === null) run()
    else this.#held.push({ left: this.#clock.elapsed - this.#asleepSince, run })
  }
}
