import type { Clock } from './clock.ts'

const expectedWithin = 5000
const mostRemembered = 100

/**
 * The service repeats every own message on the socket. One that was accepted and is not repeated means the socket is
 * deaf, although its heart beats.
 */
export class EchoWatch {
  readonly #clock: Clock
  readonly #missed: () => void
  readonly #heard = new Set<string>()

  constructor(clock: Clock, missed: () => void) {
    this.#clock = clock
    this.#missed = missed
  }

  heard(serviceId: string): void {
    this.#heard.add(serviceId)
    const oldest = this.#heard.values().next()
    if (this.#heard.size > mostRemembered && oldest.done !== true) this.#heard.delete(oldest.value)
  }

  expect(serviceId: string): void {
    if (this.#heard.has(serviceId)) return
    this.#clock.after(expectedWithin, () => {
      if (!this.#heard.has(serviceId)) this.#missed()
    })
  }
}
