import type { Chat } from '#shared/model.ts'
import { counted } from '../ui/time.ts'

/** All that has not reached a customer yet, messages and files, of all chats. */
export function outboxText(chats: readonly Pick<Chat, 'outbox' | 'filesOut'>[]): string {
  const sum = (count: (chat: Pick<Chat, 'outbox' | 'filesOut'>) => number): number =>
    chats.reduce((total, chat) => total + count(chat), 0)
  const waiting = sum(({ outbox }) => outbox.waiting)
  const failed = sum(({ outbox }) => outbox.failed)
  const staged = sum(({ filesOut }) => filesOut.staged)
  const moving = sum(({ filesOut }) => filesOut.moving)
  const failedFiles = sum(({ filesOut }) => filesOut.failed)
  const parts = [
    waiting > 0 ? `${waiting} waiting` : '',
    failed > 0 ? `${failed} not sent` : '',
    moving > 0 ? `sending ${counted(moving, 'file')}` : '',
    staged > 0 ? `${counted(staged, 'file')} not sent yet` : '',
    failedFiles > 0 ? `${counted(failedFiles, 'file')} not sent` : '',
  ]
  return parts.filter((part) => part !== '').join(', ') || 'empty'
}
