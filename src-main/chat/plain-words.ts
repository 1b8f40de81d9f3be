import type { Failure } from '#shared/failure.ts'
import type { OutboxMessage } from '../store/conversation-store.ts'

const plain = 'text/plain'
const markdown = 'text/markdown'

/**
 * Some contacts (SMS, WhatsApp, Apple Messages) take nothing but plain text, and only a refusal tells. What was refused
 * as markdown goes out as the plain words it is; once that was taken, the chat does not try markdown again.
 */
export class PlainWords {
  readonly #newToken: () => string
  readonly #replaced = new Set<string>()
  #isPlainOnly = false

  constructor(newToken: () => string) {
    this.#newToken = newToken
  }

  contentTypeFor(wanted: string): string {
    return this.#isPlainOnly && wanted === markdown ? plain : wanted
  }

  /**
   * The same message for another try after it was surely refused, null when there is none. The new token is right only
   * because of that: no try under the old one can have been taken.
   */
  instead(message: OutboxMessage, refusal: Failure): OutboxMessage | null {
    if (refusal.status !== 400 || message.contentType !== markdown) return null
    this.#replaced.add(message.entryId)
    return { ...message, contentType: plain, clientToken: this.#newToken(), state: { state: 'queued' } }
  }

  accepted({ entryId }: OutboxMessage): void {
    if (this.#replaced.delete(entryId)) this.#isPlainOnly = true
  }
}
