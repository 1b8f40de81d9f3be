import type { Chat, ChatId } from './model.ts'

/** What would stand still, of one chat, if Parley ended now. */
export interface OpenWork {
  readonly chatId: ChatId
  readonly customer: string
  readonly isLive: boolean
  readonly messages: number
  /** Added and not sent, on their way, or failed. */
  readonly files: number
  readonly hasDraft: boolean
}

export function openWork(chats: Iterable<Chat>): readonly OpenWork[] {
  return [...chats].map(workOf).filter((work) => work.isLive || isUnsent(work))
}

/** Something of the agent's own that no customer has. */
export function isUnsent({ messages, files, hasDraft }: OpenWork): boolean {
  return messages > 0 || files > 0 || hasDraft
}

function workOf({ chatId, customer, link, outbox, filesOut, draft }: Chat): OpenWork {
  return {
    chatId,
    customer,
    isLive: link.phase !== 'ended',
    messages: outbox.waiting + outbox.failed,
    files: filesOut.staged + filesOut.moving + filesOut.failed,
    hasDraft: draft.trim() !== '',
  }
}
