import type { MessageEntry } from '#shared/entry.ts'
import type { ServiceMessage } from '../participant/service-item.ts'
import { messageUpdated, withPiece } from './entry-merge.ts'

/** Bot messages that arrive in pieces: joined in order, and made whole by the last one, whatever was missing. */
export class BotChunks {
  readonly #last = new Map<string, number>()

  /** A piece from the middle says nothing by itself; the whole text comes at the end. */
  canBegin({ chunk, serviceId }: ServiceMessage): boolean {
    if (chunk === null || chunk.isLast) return true
    if (chunk.number !== 1) return false
    this.#last.set(serviceId, 1)
    return true
  }

  grow(entry: MessageEntry, item: ServiceMessage): MessageEntry {
    if (item.chunk === null || item.chunk.isLast) {
      this.#last.delete(item.serviceId)
      return messageUpdated(entry, item)
    }
    if (!entry.streaming || this.#last.get(item.serviceId) !== item.chunk.number - 1) return entry
    this.#last.set(item.serviceId, item.chunk.number)
    return withPiece(entry, item)
  }
}
