import { onScopeDispose, ref, watch, type Ref } from 'vue'
import type { ChatId } from '#shared/model.ts'
import { firstName } from '../inbox/first-name.ts'
import { levelOf, type Level } from '../inbox/waiting.ts'
import { useClock } from '../stores/clock.ts'
import { useInbox } from '../stores/inbox.ts'
import { useWorkspace } from '../stores/workspace.ts'

const atMostEvery = 5_000

/** Words for a live region: messages in other chats and customers who become due or late, one at a time. */
export function useAnnouncer(): Readonly<Ref<string>> {
  const clock = useClock()
  const inbox = useInbox()
  const workspace = useWorkspace()
  const said = ref('')
  const waiting = new Map<string, string>()
  const unread = new Map<ChatId, number>()
  const levels = new Map<ChatId, Level>()
  let lastAt = 0
  let timer: number | undefined

  function sayNext(): void {
    timer = undefined
    const [next] = waiting
    if (next === undefined) return
    waiting.delete(next[0])
    said.value = next[1]
    lastAt = Date.now()
    if (waiting.size > 0) timer = window.setTimeout(sayNext, atMostEvery)
  }

  function announce(key: string, text: string): void {
    waiting.set(key, text)
    timer ??= window.setTimeout(sayNext, Math.max(0, lastAt + atMostEvery - Date.now()))
  }

  watch(
    () => [...inbox.chats.values()],
    (chats) => {
      for (const chat of chats) {
        const before = unread.get(chat.chatId)
        unread.set(chat.chatId, chat.unread)
        const isNews = before !== undefined && chat.unread > before
        if (isNews && chat.chatId !== workspace.active) {
          announce(`message-${chat.chatId}`, `${firstName(chat.customer)}: new message`)
        }
      }
    },
    { immediate: true },
  )

  watch(
    () => clock.now,
    (now) => {
      for (const chat of inbox.chats.values()) {
        const level = levelOf(chat, now)
        const before = levels.get(chat.chatId)
        levels.set(chat.chatId, level)
        if (before !== undefined && before !== level && level !== 'calm') {
          announce(`level-${chat.chatId}`, `${firstName(chat.customer)} is ${level}`)
        }
      }
    },
    { immediate: true },
  )

  onScopeDispose(() => window.clearTimeout(timer))
  return said
}
