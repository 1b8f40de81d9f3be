import type { WebContents } from 'electron'
import type { Clock } from '../chat/clock.ts'

/** As long as browsers let a click last. */
const lasts = 5000
const acts = new Set(['mouseDown', 'mouseUp', 'keyDown', 'rawKeyDown', 'char', 'touchEnd', 'gestureTap'])

/** Knows whether a person has just done something. Told by the browser part: a page cannot make it up. */
export class UserGesture {
  readonly #clock: Clock
  readonly #acted: () => void
  #at = Number.NEGATIVE_INFINITY

  /** `acted` is told of everything a person does. */
  constructor(clock: Clock, acted: () => void = () => undefined) {
    this.#clock = clock
    this.#acted = acted
  }

  watch(page: Pick<WebContents, 'on'>): void {
    page.on('input-event', (_event, { type }) => {
      if (!acts.has(type)) return
      this.#at = this.#clock.uptime()
      this.#acted()
    })
  }

  /** True once for everything up to now. */
  take(): boolean {
    const isFresh = this.#clock.uptime() - this.#at <= lasts
    this.#at = Number.NEGATIVE_INFINITY
    return isFresh
  }
}
