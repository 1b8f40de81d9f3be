import type { Receipt } from '../participant/service-item.ts'

const mostKept = 200

/** Receipts that came before the message they are about. */
export class EarlyReceipts {
  readonly #byMessage = new Map<string, readonly Receipt[]>()

  keep(receipt: Receipt): void {
    const kept = this.#byMessage.get(receipt.messageId) ?? []
    this.#byMessage.set(receipt.messageId, [...kept.slice(-3), receipt])
    const oldest = this.#byMessage.keys().next()
    if (this.#byMessage.size > mostKept && oldest.done !== true) this.#byMessage.delete(oldest.value)
  }

  take(messageId: string): readonly Receipt[] {
    const receipts = this.#byMessage.get(messageId) ?? []
    this.#byMessage.delete(messageId)
    return receipts
  }
}
