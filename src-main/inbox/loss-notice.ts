import { chatName } from '#shared/customer-name.ts'
import type { Notice } from '#shared/model.ts'
import type { StoredChat } from '../store/conversation-store.ts'
import type { Counts } from '../store/inventory.ts'

/**
 * What a damaged or deleted file took with it, in numbers, and whom the vault brought back. Null when all that was
 * missing is back.
 */
export function lossNotice(lost: Counts, broughtBack: readonly StoredChat[]): Notice | null {
  const conversations = Math.max(0, lost.conversations - broughtBack.length)
  const gone = lossText({ ...lost, conversations })
  const names = broughtBack.map(chatName).join(', ')
  const back = broughtBack.length === 0 ? '' : ` Brought back: ${names}.`
  if (gone === null) return null
  return {
    noticeId: 'store-loss',
    level: 'alert',
    title: 'Something that was saved on this computer is gone.',
    detail: `Lost: ${gone}.${back} Live chats are filled in again from the service.`,
  }
}

/** As in "2 conversations, 1 draft and 3 messages that were waiting to be sent"; null for nothing. */
export function lossText({ conversations, drafts, messages, files }: Counts): string | null {
  const parts = [
    count(conversations, 'conversation', 'conversations'),
    count(drafts, 'draft', 'drafts'),
    count(messages, 'message that was waiting to be sent', 'messages that were waiting to be sent'),
    count(files, 'file that was waiting to be sent', 'files that were waiting to be sent'),
  ].filter((part) => part !== null)
  const last = parts.pop()
  if (last === undefined) return null
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`
}

function count(number: number, one: string, many: string): string | null {
  if (number === 0) return null
  return number === 1 ? `1 ${one}` : `${String(number)} ${many}`
}
