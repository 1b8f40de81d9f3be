import type { Clock, Stop } from './clock.ts'

const sentEvery = 10_000
const shownFor = 12_000

export interface TypingPorts {
  readonly clock: Clock
  readonly send: () => Promise<void>
  readonly changed: () => void
}

/** The typing signs of one chat, both ways. Ours goes out at most once in 10 s; theirs fades after 12 s. */
export class Typing {
  readonly #ports: TypingPorts
  #isQuiet = false
  #until: number | null = null
  #stopShowing: Stop | null = null

  constructor(ports: TypingPorts) {
    this.#ports = ports
  }

  get until(): number | null {
    return this.#until
  }

  agentTypes(): void {
    if (this.#isQuiet) return
    this.#isQuiet = true
    this.#ports.clock.after(sentEvery, () => {
      this.#isQuiet = false
    })
    // A typing sign that did not get through is not worth a word.
    this.#ports.send().catch(() => undefined)
  }

  customerTypes(): void {
    this.#show(this.#ports.clock.now() + shownFor)
    this.#stopShowing = this.#ports.clock.after(shownFor, () => this.customerSpoke())
  }

  customerSpoke(): void {
    if (this.#until !== null) this.#show(null)
  }

  #show(until: number | null): void {
    this.#stopShowing?.()
    this.#stopShowing = null
    this.#until = until
    this.#ports.changed()
  }
}
