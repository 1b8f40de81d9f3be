export type Stop = () => void

/** Where the simulator gets the time from. Times are milliseconds since 1970. */
export interface Clock {
  now(): number
  after(delayMs: number, act: () => void): Stop
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, act) {
    const timer = setTimeout(act, delayMs)
    return () => clearTimeout(timer)
  },
}

/**
 * The clock one simulator runs on. Its timers end with it, so a closed simulator does nothing more, and its time
 * can be wrong on purpose.
 */
export class SimulatorClock implements Clock {
  readonly #base: Clock
  readonly #running = new Set<Stop>()
  #skew: () => number = () => 0

  constructor(base: Clock) {
    this.#base = base
  }

  now(): number {
    return this.#base.now() + this.#skew()
  }

  /** The time without skew: what the machine itself says. */
  trueNow(): number {
    return this.#base.now()
  }

  skewBy(skew: () => number): void {
    this.#skew = skew
  }

  after(delayMs: number, act: () => void): Stop {
    const stopTimer = this.#base.after(delayMs, () => {
      this.#running.delete(stop)
      act()
    })
    const stop: Stop = () => {
      this.#running.delete(stop)
      stopTimer()
    }
    this.#running.add(stop)
    return stop
  }

  stopAll(): void {
    for (const stop of [...this.#running]) stop()
  }
}

export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString()
