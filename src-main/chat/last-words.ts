import type { EndReason } from '#shared/link.ts'
import type { Clock, Stop } from './clock.ts'

/** Events that belong together come within this time. */
const togetherWithin = 300

/**
 * Why we may be out of the chat. That we left and that the chat was transferred come in either order, and asking the
 * service ends the socket that says so: after the first, less telling word the other one is waited for.
 */
export class LastWords {
  readonly #clock: Clock
  readonly #doubted: (reason: EndReason) => void
  #stop: Stop | null = null

  constructor(clock: Clock, doubted: (reason: EndReason) => void) {
    this.#clock = clock
    this.#doubted = doubted
  }

  heard(reason: EndReason): void {
    if (reason === 'transferred') {
      this.forget()
      this.#doubted(reason)
      return
    }
    this.#stop ??= this.#clock.after(togetherWithin, () => {
      this.#stop = null
      this.#doubted(reason)
    })
  }

  /** The line is gone anyway. */
  forget(): void {
    this.#stop?.()
    this.#stop = null
  }
}
