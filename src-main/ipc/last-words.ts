import type { Clock } from '../chat/clock.ts'
import { pause } from '../pause.ts'

/** A page that hangs must not keep Parley from quitting. */
const waitedFor = 2000

/** Before the end, the page is asked once for what is typed and not handed over yet. */
export class LastWords {
  readonly #clock: Clock
  readonly #push: () => boolean
  #heard = new AbortController()

  /** `push` asks the page; false when there is none. */
  constructor(clock: Clock, push: () => boolean) {
    this.#clock = clock
    this.#push = push
  }

  /** Resolves when the page has answered, or does not. */
  async ask(): Promise<void> {
    this.#heard = new AbortController()
    if (this.#push()) await pause(this.#clock, waitedFor, this.#heard.signal)
  }

  done(): void {
    this.#heard.abort()
  }
}
