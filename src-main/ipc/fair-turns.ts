/** Node's clock and its queue, which a test stands in for. */
export interface EventLoop {
  /** Milliseconds, only ever forward. */
  now(): number
  /** Runs after timers and sockets have had their turn. */
  afterOthers(run: () => void): void
}

export const nodeLoop: EventLoop = { now: () => performance.now(), afterOthers: (run) => setImmediate(run) }

/** What calls may take of main before timers and sockets come next, in milliseconds. */
const slice = 8

/**
 * Lets what arrives at once in, in order, a few at a time: hundreds of calls in one turn of the loop would hold up
 * every socket and timer behind them.
 */
export class FairTurns {
  readonly #loop: EventLoop
  readonly #waiting: (() => void)[] = []
  #startedAt: number | null = null

  constructor(loop: EventLoop) {
    this.#loop = loop
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting.length === 0 && this.#hasTime()) return work()
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => void work().then(resolve, reject))
    })
  }

  #hasTime(): boolean {
    if (this.#startedAt === null) {
      this.#startedAt = this.#loop.now()
      this.#loop.afterOthers(() => this.#beginTurn())
    }
    return this.#loop.now() - this.#startedAt < slice
  }

  #beginTurn(): void {
    this.#startedAt = null
    while (this.#waiting.length > 0 && this.#hasTime()) this.#waiting.shift()?.()
  }
}
