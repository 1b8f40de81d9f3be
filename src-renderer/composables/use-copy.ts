import { useNotices } from '../stores/notices.ts'

/** Puts text on the system clipboard and says whether that worked. */
export function useCopy(): (text: string, done: string) => Promise<void> {
  const notices = useNotices()

  return async (text, done) => {
    try {
      await navigator.clipboard.writeText(text)
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
