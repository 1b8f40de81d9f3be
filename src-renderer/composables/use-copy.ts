import { useCopiedWords } from '../stores/copied-words.ts'
import { useInbox } from '../stores/inbox.ts'
import { useNotices } from '../stores/notices.ts'
import { useWorkspace } from '../stores/workspace.ts'

/** Puts text on the system clipboard and says whether that worked. */
export function useCopy(): (text: string, done: string) => Promise<void> {
  const notices = useNotices()
  const inbox = useInbox()
  const words = useCopiedWords()
  const workspace = useWorkspace()

  return async (text, done) => {
    try {
      await navigator.clipboard.writeText(text)
      const chat = workspace.activeChatId === null ? undefined : inbox.chats.get(workspace.activeChatId)
      if (chat !== undefined) words.remember({ chatId: chat.chatId, customer: chat.customer, text })
      notices.tell('status', done)
    } catch (error) {
      if (!(error instanceof DOMException)) throw error
      notices.tell(
        'alert',
        'Nothing was copied.',
        'The clipboard is not available. Click the window and try again.',
      )
    }
  }
}
