import type { Clock, Stop } from '../chat/clock.ts'

interface Timer {
  readonly due: number
  readonly order: number
  readonly run: () => void
}

/** Time stands still until told to pass. Waits are counted apart from `now`, which can be set wrong. */
export class ManualClock implements Clock {
  #elapsed = 0
  #offset: number
  #order = 0
  /** A binary heap: a simulated day has many timers. */
  readonly #heap: Timer[] = []
  readonly #stopped = new Set<Timer>()

  constructor(now = Date.UTC(2026, 0, 5, 9)) {
    this.#offset = now
  }

  now(): number {
    return this.#offset + this.#elapsed
  }

  uptime(): number {
    return this.#elapsed
  }

  /** Milliseconds since the start, which no jump changes. */
  get elapsed(): number {
    return this.#elapsed
  }

  after(milliseconds: number, run: () => void): Stop {
    this.#order += 1
    const timer: Timer = { due: this.#elapsed + Math.max(0, milliseconds), order: this.#order, run }
    this.#push(timer)
    return () => {
      this.#stopped.add(timer)
    }
  }

  /** Someone sets the clock. No timer notices. */
  jump(milliseconds: number): void {
    this.#offset += milliseconds
  }

  /** Runs what is due within the given time, letting promises settle after each timer. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#elapsed + milliseconds
    await settle()
    for (;;) {
      const next = this.#peek()
      if (next === undefined || next.due > end) break
      this.#pop()
      this.#elapsed = Math.max(this.#elapsed, next.due)
      next.run()
      await settle()
    }
    this.#elapsed = end
  }

  /** When the next timer is due, in milliseconds from now. */
  get nextIn(): number | null {
    const next = this.#peek()
    return next === undefined ? null : Math.max(0, next.due - this.#elapsed)
  }

  #peek(): Timer | undefined {
    for (;;) {
      const first = this.#heap[0]
      if (first === undefined || !this.#stopped.has(first)) return first
      this.#stopped.delete(first)
      this.#pop()
    }
  }

  #push(timer: Timer): void {
    const heap = this.#heap
    let index = heap.push(timer) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = heap[parent]
      if (above === undefined || !isBefore(timer, above)) break
      heap[index] = above
      index = parent
    }
    heap[index] = timer
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let index = 0
    for (;;) {
      const left = 2 * index + 1
      const a = heap[left]
      if (a === undefined) break
      const b = heap[left + 1]
      const child = b !== undefined && isBefore(b, a) ? b : a
      if (!isBefore(child, last)) break
      heap[index] = child
      index = child === a ? left : left + 1
    }
    heap[index] = last
  }
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.due === b.due ? a.order < b.order : a.due < b.due
}

/** Until every promise that can go on has gone on. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
