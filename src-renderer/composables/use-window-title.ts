import { computed, onScopeDispose, watch } from 'vue'
import { isDown } from '../inbox/waiting.ts'
import { useClock } from '../stores/clock.ts'
import { useInbox } from '../stores/inbox.ts'
import { useWorkspace } from '../stores/workspace.ts'
import { useNames } from '../stores/names.ts'
import { isolated } from '../ui/bidi.ts'

const toldEvery = 250

/** "(3) Amara Okafor - Parley": what the task bar shows. */
export function useWindowTitle(): void {
  const clock = useClock()
  const inbox = useInbox()
  const names = useNames()
  const workspace = useWorkspace()

  const title = computed(() => {
    const chats = [...inbox.chats.values()]
    const unread = chats.reduce((sum, chat) => sum + chat.unread, 0)
    const active = workspace.activeChatId === null ? undefined : inbox.chats.get(workspace.activeChatId)
    const parts = [
      active === undefined ? undefined : isolated(names.of(active)),
      chats.some((chat) => isDown(chat, clock.now)) ? 'reconnecting' : undefined,
      'Parley',
    ]
    const text = parts.filter((part) => part !== undefined).join(' - ')
    return unread > 0 ? `(${unread}) ${text}` : text
  })

  // The window manager is told each time, which takes milliseconds: a burst of messages is told as one.
  let timer: number | undefined
  function tell(): void {
    timer = undefined
    document.title = title.value
  }
  watch(title, () => (timer ??= window.setTimeout(tell, toldEvery)))
  onScopeDispose(() => window.clearTimeout(timer))
  tell()
}
