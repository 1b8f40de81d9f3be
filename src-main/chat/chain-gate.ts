import type { ServiceItem } from '../participant/service-item.ts'

const mostHeld = 500

/**
 * Lets through only what belongs to this conversation. One socket may carry the frames of all the agent's chats, and
 * nobody may ever see the words of the wrong customer, so what cannot be told yet waits until the transcript says
 * whose token this is.
 */
export class ChainGate {
  readonly #take: (item: ServiceItem) => void
  readonly #contactId: () => string | null
  #chainId: string | null = null
  #isOpen = false
  #held: ServiceItem[] = []

  constructor(contactId: () => string | null, take: (item: ServiceItem) => void) {
    this.#contactId = contactId
    this.#take = take
  }

  item(item: ServiceItem): void {
    const chainId = 'chainId' in item ? item.chainId : null
    if (chainId === null) return this.#take(item)
    if (this.#chainId === null && this.#isOfOurContact(item)) this.chain(chainId)
    if (this.#chainId !== null) {
      if (chainId === this.#chainId) this.#take(item)
      return
    }
    if (this.#isOpen) this.#take(item)
    else if (this.#held.length < mostHeld) this.#held.push(item)
  }

  chain(chainId: string): void {
    this.#chainId ??= chainId
    this.#letGo()
  }

  /** The transcript was read and did not say: there is nothing to tell chats apart by. */
  open(): void {
    this.#isOpen = true
    this.#letGo()
  }

  #isOfOurContact(item: ServiceItem): boolean {
    const contactId = this.#contactId()
    return contactId !== null && 'contactId' in item && item.contactId === contactId
  }

  #letGo(): void {
    const held = this.#held
    this.#held = []
    for (const item of held) this.item(item)
  }
}
