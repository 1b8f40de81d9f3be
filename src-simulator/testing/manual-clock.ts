import type { Clock, Stop } from '../clock.ts'

type Timer = { readonly at: number; readonly act: () => void }

/** Time that moves only when a test says so. */
export class ManualClock implements Clock {
  #now: number
  #timers: Timer[] = []

  constructor(start = Date.UTC(2026, 2, 12, 13, 50)) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  after(delayMs: number, act: () => void): Stop {
    const timer = { at: this.#now + delayMs, act }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer)
    }
  }

  /** Runs everything that falls due, in order, including what that sets going. */
  advance(milliseconds: number): void {
    const until = this.#now + milliseconds
    for (;;) {
      const next = this.#timers.toSorted((one, other) => one.at - other.at).find((timer) => timer.at <= until)
      if (!next) break
      this.#timers = this.#timers.filter((timer) => timer !== next)
      this.#now = Math.max(this.#now, next.at)
      next.act()
    }
    this.#now = until
  }
}
