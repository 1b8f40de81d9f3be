import { onBeforeUnmount, onMounted } from 'vue'
import { onPush, request } from '../desk.ts'
import { useInbox } from '../stores/inbox.ts'
import { quietly } from '../stores/notices.ts'
import { useWorkspace } from '../stores/workspace.ts'

/** Main wants to know whether Parley may be left; it waits only for a page that says it asks. */
export function useCloseQuestion(): void {
  const inbox = useInbox()
  const workspace = useWorkspace()
  let stop: (() => void) | undefined
  onMounted(() => {
    stop = onPush('desk.ask-close', () => {
      if (!inbox.isLoaded) return
      workspace.isPaletteOpen = false
      workspace.isLeaving = true
      void quietly(request('window.asks'))
    })
  })
  onBeforeUnmount(() => stop?.())
}
