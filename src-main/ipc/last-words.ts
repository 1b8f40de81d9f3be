import type { Clock } from '../chat/clock.ts'
import { pause } from '../pause.ts'

/** A page that hangs must not keep Parley from quitting. */
const waitedFor = 2000

/** Asks the page once, and waits for its word that it has done what it was asked. */
export class LastWords {
  readonly #clock: Clock
  readonly #push: () => boolean
  #heard = new AbortController()
  #asked: Promise<boolean> | null = null

  /** `push` asks the page; false when there is none. */
  constructor(clock: Clock, push: () => boolean) {
    this.#clock = clock
    this.#push = push
  }

  /** Resolves when the page has answered (true), or does not. Whoever asks meanwhile gets the same answer. */
  ask(): Promise<boolean> {
    this.#asked ??= this.#ask().finally(() => {
      this.#asked = null
    })
    return this.#asked
  }

  done(): void {
    this.#heard.abort()
  }

  async #ask(): Promise<boolean> {
    this.#heard = new AbortController()
    const { signal } = this.#heard
    if (this.#push()) await pause(this.#clock, waitedFor, signal)
    return signal.aborted
  }
}
