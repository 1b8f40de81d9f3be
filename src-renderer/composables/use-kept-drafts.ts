import { onBeforeUnmount, onMounted, watch } from 'vue'
import { onPush, request } from '../desk.ts'
import { useDrafts } from '../stores/drafts.ts'
import { useInbox } from '../stores/inbox.ts'
import { quietly } from '../stores/notices.ts'

/** What is typed is handed to main whenever this page may be about to go. */
export function useKeptDrafts(): void {
  const drafts = useDrafts()
  const inbox = useInbox()

  function flush(): void {
    void drafts.flush()
  }

  function flushWhenHidden(): void {
    if (document.visibilityState === 'hidden') flush()
  }

  async function answerBeforeQuit(): Promise<void> {
    await drafts.flush()
    await quietly(request('desk.flushed'))
  }

  let stop: (() => void) | undefined
  onMounted(() => {
    window.addEventListener('blur', flush)
    document.addEventListener('visibilitychange', flushWhenHidden)
    window.addEventListener('beforeunload', drafts.handOver)
    window.addEventListener('pagehide', drafts.handOver)
    stop = onPush('desk.flush', () => void answerBeforeQuit())
  })
  onBeforeUnmount(() => {
    window.removeEventListener('blur', flush)
    document.removeEventListener('visibilitychange', flushWhenHidden)
    window.removeEventListener('beforeunload', drafts.handOver)
    window.removeEventListener('pagehide', drafts.handOver)
    stop?.()
  })

  watch(
    () => [inbox.isLoaded, ...inbox.chats.keys()],
    () => inbox.isLoaded && drafts.follow(inbox.chats),
  )
}
