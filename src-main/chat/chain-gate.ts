import type { ServiceItem } from '../participant/service-item.ts'

const mostHeld = 500

type Named = Exclude<ServiceItem, { readonly kind: 'receipts' | 'incomplete' }>

export interface ChainGateEvents {
  take(item: ServiceItem): void
  /** Something was said that may be ours; only our own transcript can tell. */
  doubt(): void
}

/**
 * Lets through only what is proven to belong to this conversation. One socket may carry the frames of all the agent's
 * chats, and nobody may ever see the words of the wrong customer. Proof is what our own token's transcript says, the
 * chain of its contacts and the contacts of its items, and the echo of what our own token sent. What cannot be told yet
 * waits for it, and is read where it does not come.
 */
export class ChainGate {
  readonly #contactId: () => string | null
  readonly #events: ChainGateEvents
  readonly #contacts = new Set<string>()
  #chainId: string | null = null
  readonly #ownIds = new Set<string>()
  #isRead = false
  #held: Named[] = []

  constructor(contactId: () => string | null, events: ChainGateEvents) {
    this.#contactId = contactId
    this.#events = events
  }

  item(item: ServiceItem): void {
    // The former name no chat, only a message that is here or is not; of the latter there is nothing to show.
    if (item.kind === 'receipts' || item.kind === 'incomplete') return this.#events.take(item)
    if (this.#isEcho(item)) this.#learn(item)
    const verdict = this.#isOurs(item)
    if (verdict === true) this.#events.take(item)
    // Whoever is typing has stopped by the time it is known where.
    if (verdict !== null || item.kind === 'typing') return
    if (item.kind !== 'signal' && this.#held.length < mostHeld) this.#held.push(item)
    // A reading under way is about to say which chain is ours.
    if (this.#isRead) this.#events.doubt()
  }

  /** Our own transcript said which chain it is of. */
  chain(chainId: string): void {
    this.#chainId ??= chainId
    this.#letGo()
  }

  /** The service took a message of ours under this id: what repeats it is of our conversation. */
  accepted(serviceId: string): void {
    if (this.#chainId !== null) return
    this.#ownIds.add(serviceId)
    const echo = this.#held.find((item) => this.#isEcho(item))
    if (echo !== undefined) this.#learn(echo)
  }

  /** Read in our own transcript: what is held of these contacts is ours, and these items are here already. */
  read(items: readonly ServiceItem[]): void {
    const ids = new Set<string>()
    for (const item of items) {
      if (!('contactId' in item)) continue
      if ('serviceId' in item) ids.add(item.serviceId)
      if (item.contactId !== null) this.#contacts.add(item.contactId)
    }
    this.#held = this.#held.filter((item) => !('serviceId' in item) || !ids.has(item.serviceId))
    this.#letGo()
  }

  /** The newest end was read. What is still held was said later, or was never ours. */
  readToEnd(): void {
    this.#isRead = true
  }

  /** Null: not known. */
  #isOurs(item: Named): boolean | null {
    const { chainId, contactId } = item
    const isKnown = contactId !== null && (this.#contacts.has(contactId) || contactId === this.#contactId())
    if (isKnown && chainId !== null) this.#chainId ??= chainId
    if (this.#chainId !== null && chainId !== null) return chainId === this.#chainId
    return isKnown ? true : null
  }

  #isEcho(item: Named): boolean {
    return 'serviceId' in item && this.#ownIds.has(item.serviceId)
  }

  #learn({ chainId, contactId }: Named): void {
    if (contactId !== null) this.#contacts.add(contactId)
    this.#chainId ??= chainId
    this.#letGo()
  }

  #letGo(): void {
    const held = this.#held
    this.#held = []
    for (const item of held) {
      const verdict = this.#isOurs(item)
      if (verdict === true) this.#events.take(item)
      if (verdict === null) this.#held.push(item)
    }
  }
}
