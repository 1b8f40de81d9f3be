import { onBeforeUnmount, onMounted } from 'vue'
import type { Chat } from '#shared/model.ts'
import type { SaidRow } from './log-rows.ts'
import { request } from '../desk.ts'
import { useInbox } from '../stores/inbox.ts'
import { quietly } from '../stores/notices.ts'

const settleAfter = 150

/** Says what was really on screen, in a focused window that somebody can look at. The caller knows which row is the last one visible. */
export function useSeen(chat: () => Chat, lastVisible: () => SaidRow | null): { readonly check: () => void } {
  const inbox = useInbox()
  let timer: number | undefined
  let isGone = false
  let reported: { id: string; at: number; seq: number } | null = null

  function report(): void {
    if (!document.hasFocus() || document.visibilityState !== 'visible') return
    if (!inbox.window.isFocused || inbox.window.isAway) return
    const row = lastVisible()
    if (row === null) return
    const { id, at, seq } = row.entry
    const isNews = reported === null || at > reported.at || (at === reported.at && seq > reported.seq)
    if (!isNews && chat().unread === 0) return
    if (reported?.id === id && chat().unread === 0) return
    reported = { id, at, seq }
    void quietly(request('chat.seen', { chatId: chat().chatId, entryId: id }))
  }

  function check(): void {
    // What was drawn last may still ask when the conversation has left the screen.
    if (isGone) return
    window.clearTimeout(timer)
    timer = window.setTimeout(report, settleAfter)
  }

  onMounted(() => {
    window.addEventListener('focus', check)
    document.addEventListener('visibilitychange', check)
  })
  onBeforeUnmount(() => {
    isGone = true
    window.clearTimeout(timer)
    window.removeEventListener('focus', check)
    document.removeEventListener('visibilitychange', check)
  })

  return { check }
}
