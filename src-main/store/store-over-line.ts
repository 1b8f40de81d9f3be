import type { ConversationStore } from './conversation-store.ts'
import type { StoreCall, StoreMethod } from './store-calls.ts'

/** Whatever carries calls to a database: this thread or another. */
export interface StoreLine {
  /** Resolves with what the method returns; rejects with `DeskError`. */
  call(call: StoreCall): Promise<unknown>
  close(): Promise<void>
}

export function storeOver(line: StoreLine): ConversationStore {
  const method =
    <M extends StoreMethod>(name: M) =>
    (...args: Parameters<ConversationStore[M]>): ReturnType<ConversationStore[M]> =>
      // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- what the method of this name returned on the other end
      line.call({ method: name, args } as StoreCall) as ReturnType<ConversationStore[M]>
  return {
    saveChat: method('saveChat'),
    loadChats: method('loadChats'),
    removeChat: method('removeChat'),
    saveEntries: method('saveEntries'),
    loadEntries: method('loadEntries'),
    enqueue: method('enqueue'),
    saveOutboxState: method('saveOutboxState'),
    settle: method('settle'),
    loadOutbox: method('loadOutbox'),
    saveDraft: method('saveDraft'),
    saveUpload: method('saveUpload'),
    removeUpload: method('removeUpload'),
    loadUploads: method('loadUploads'),
    find: method('find'),
    close: () => line.close(),
  }
}
