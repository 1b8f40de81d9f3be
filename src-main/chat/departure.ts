import type { EndReason } from '#shared/link.ts'
import { LastWords } from './last-words.ts'
import type { LeavePorts } from './leave.ts'
import { leave } from './leave.ts'

export interface DepartureEvents {
  ended(reason: EndReason): void
  /** We may be out of the chat; only the service can tell. */
  doubted(reason: EndReason): void
}

/** Why a chat ends for us: what we asked for ourselves is no surprise. */
export class Departure {
  readonly #ports: LeavePorts
  readonly #events: DepartureEvents
  readonly #lastWords: LastWords
  /** We asked to leave: should the chat end before the answer comes, that is why. */
  #isLeaving = false

  constructor(ports: LeavePorts, events: DepartureEvents) {
    this.#ports = ports
    this.#events = events
    this.#lastWords = new LastWords(ports.clock, (reason) => this.#doubt(reason))
  }

  /** Rejects when the service may still count us in. */
  async leave(): Promise<void> {
    this.#isLeaving = true
    try {
      await leave(this.#ports)
      this.#events.ended('left')
    } finally {
      this.#isLeaving = false
    }
  }

  ended(reason: EndReason): void {
    this.#events.ended(this.#isLeaving ? 'left' : reason)
  }

  doubted(reason: EndReason): void {
    // A new dial would miss the end of the chat that follows.
    if (!this.#isLeaving) this.#lastWords.heard(reason)
  }

  /** The line is gone: what was being waited for will not come on it. */
  forget(): void {
    this.#lastWords.forget()
  }

  /** Who is told to have left without having asked for it was put out. */
  #doubt(reason: EndReason): void {
    if (!this.#isLeaving) this.#events.doubted(reason === 'left' ? 'rejected' : reason)
  }
}
