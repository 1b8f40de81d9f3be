/** What one announcement is about: later words about the same thing take its place while it waits. */
export interface Announcement {
  readonly key: string
  readonly text: string
  /** Somebody is waiting for an answer to it now: it may follow soon after what was said before. */
  readonly isPrompt: boolean
}

const promptEvery = 1_000
const othersEvery = 5_000

/** A queue in front of one live region: a burst becomes one utterance, and nothing in it is lost or said again. */
export class Announcements {
  readonly #say: (text: string) => void
  readonly #waiting = new Map<string, Announcement>()
  #lastAt = -Infinity
  #timer: number | undefined
  #isPaused = false

  constructor(say: (text: string) => void) {
    this.#say = say
  }

  add(next: Announcement): void {
    this.#waiting.set(next.key, next)
    this.#schedule()
  }

  isWaiting(key: string): boolean {
    return this.#waiting.has(key)
  }

  /** It is not true any more, or nobody needs to hear it. */
  withdraw(key: string): void {
    this.#waiting.delete(key)
  }

  /** While nobody is there, what waits goes on waiting. */
  pause(isPaused: boolean): void {
    this.#isPaused = isPaused
    this.#schedule()
  }

  stop(): void {
    window.clearTimeout(this.#timer)
  }

  #schedule(): void {
    window.clearTimeout(this.#timer)
    if (this.#isPaused || this.#waiting.size === 0) return
    const isPrompt = [...this.#waiting.values()].some((one) => one.isPrompt)
    const due = this.#lastAt + (isPrompt ? promptEvery : othersEvery)
    this.#timer = window.setTimeout(() => this.#speak(), Math.max(0, due - Date.now()))
  }

  #speak(): void {
    const texts = [...this.#waiting.values()].map(({ text }) => text)
    this.#waiting.clear()
    this.#lastAt = Date.now()
    if (texts.length > 0) this.#say(texts.join('\n'))
  }
}
