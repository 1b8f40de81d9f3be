import { randomUUID } from 'node:crypto'
import { ChatId } from '#shared/model.ts'
import type { StoredChat } from '../store/conversation-store.ts'

/** A chat of which nothing is known yet. */
export function aStoredChat(change: Partial<StoredChat> = {}): StoredChat {
  return {
    chatId: ChatId.parse(randomUUID()),
    contactId: null,
    customer: '',
    label: '',
    hue: 1,
    instanceId: 'test',
    instance: null,
    queue: null,
    attributes: [],
    startedAt: Date.now(),
    firstReplyAt: null,
    endedAt: null,
    endReason: null,
    completeUpTo: null,
    lastServiceId: null,
    unread: 0,
    draft: '',
    ...change,
  }
}
