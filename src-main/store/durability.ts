import type { ChatId } from '#shared/model.ts'
import type { StoreCall, StoreMethod } from './store-calls.ts'

/** 'synced' survives a power cut, 'written' survives the end of this process. */
export type Durability = 'synced' | 'written'

const durabilities: Readonly<Record<StoreMethod, Durability>> = {
  saveChat: 'written',
  loadChats: 'written',
  removeChat: 'synced',
  saveEntries: 'written',
  loadEntries: 'written',
  enqueue: 'synced',
  saveOutboxState: 'written',
  settle: 'synced',
  loadOutbox: 'written',
  saveDraft: 'synced',
  saveUpload: 'synced',
  removeUpload: 'synced',
  loadUploads: 'written',
  find: 'written',
}

/** What a call promises once it has resolved: synced is whatever a person is told, or shown, to be kept or gone. */
export function durabilityOf(call: StoreCall, knowsChat: (chatId: ChatId) => boolean): Durability {
  switch (call.method) {
    case 'saveChat': {
      const [chat] = call.args
      // The tokens of an ended chat go, so what it said must be there for good. A new one is on screen from now on.
      return chat.endedAt !== null || !knowsChat(chat.chatId) ? 'synced' : 'written'
    }
    case 'saveOutboxState':
      // Shown as failed, it must not be found waiting again, and leave by itself.
      return call.args[1].state === 'failed' ? 'synced' : 'written'
    default:
      return durabilities[call.method]
  }
}
