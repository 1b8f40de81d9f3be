import type { ConversationStore, OutboxMessage } from '../store/conversation-store.ts'
import type { Parcel } from './parcel.ts'
import { newParcel } from './parcel.ts'

/** The messages of one outbox in the order typed. */
export class Parcels {
  #all: Parcel[] = []

  get count(): number {
    return this.#all.length
  }

  /** Those that are to go out, the next one first. */
  get waiting(): readonly Parcel[] {
    return this.#all.filter(({ isFailed }) => !isFailed)
  }

  has(parcel: Parcel): boolean {
    return this.#all.includes(parcel)
  }

  /** Neither settled nor failed. */
  isWaiting(parcel: Parcel): boolean {
    return !parcel.isFailed && this.has(parcel)
  }

  add(...parcels: readonly Parcel[]): void {
    this.#all.push(...parcels)
    this.#all.sort((a, b) => a.message.seq - b.message.seq)
  }

  drop(parcel: Parcel): void {
    this.#all = this.#all.filter((other) => other !== parcel)
  }

  /** Its words go out in another form, in the same place. */
  replace(parcel: Parcel, message: OutboxMessage): void {
    this.#all = this.#all.map((other) => (other === parcel ? newParcel(message, parcel.floor) : other))
  }

  find(entryId: string): Parcel | undefined {
    return this.#all.find(({ message }) => message.entryId === entryId)
  }

  failed(entryId: string): Parcel | undefined {
    const parcel = this.find(entryId)
    return parcel?.isFailed === true ? parcel : undefined
  }

  /** Writes all of them. Rejects when they cannot be saved. */
  async saveTo(store: Pick<ConversationStore, 'enqueue'>): Promise<void> {
    for (let messages = this.#messages; ; messages = this.#messages) {
      await Promise.all(messages.map((message) => store.enqueue(message)))
      // One that was just being replaced in the store may have been overtaken by its older self.
      if (this.#messages.every((message) => messages.includes(message))) return
    }
  }

  get #messages(): readonly OutboxMessage[] {
    return this.#all.map(({ message }) => message)
  }
}
