import type { Chat } from '#shared/model.ts'
import type { IconName } from '../ui/icon-paths.ts'
import { filesNote } from './files-note.ts'
import { isDown, levelOf, waitingOf } from './waiting.ts'

export interface TabGlyph {
  readonly icon: IconName
  readonly tone: 'warn' | 'bad'
  readonly title: string
}

const tabWidth = 180
const moreWidth = 64

/** How many tabs fit; the rest go behind "n more". A narrow window shows the active one alone. */
export function tabsThatFit(width: number, count: number): number {
  if (width < 400) return Math.min(count, 1)
  if (count * tabWidth <= width) return count
  return Math.max(1, Math.min(count, Math.floor((width - moreWidth) / tabWidth)))
}

/** The first tabs, with the active one always among them. */
export function visibleTabs<T>(tabs: readonly T[], active: T | null, room: number): readonly T[] {
  const shown = tabs.slice(0, room)
  if (active === null || shown.includes(active) || !tabs.includes(active)) return shown
  return [...shown.slice(0, Math.max(0, room - 1)), active]
}

/** The digit that goes to a tab together with Ctrl; null where there are no digits left. */
export function tabNumber<T>(tabs: readonly T[], tab: T): number | null {
  const number = tabs.indexOf(tab) + 1
  return number >= 1 && number <= 9 ? number : null
}

export function tabGlyph(chat: Chat, now: number): TabGlyph | null {
  if (chat.link.phase === 'ended') return null
  if (chat.outbox.failed > 0) return { icon: 'alert', tone: 'bad', title: 'Not sent' }
  const note = filesNote(chat)
  if (note?.tone === 'bad') return { icon: 'alert', tone: 'bad', title: note.text }
  if (levelOf(chat, now) === 'late') return { icon: 'warning', tone: 'bad', title: 'Late' }
  if (isDown(chat, now)) return { icon: 'sync', tone: 'warn', title: 'Reconnecting' }
  if (waitingOf(chat, now).icon === 'hourglass') return { icon: 'hourglass', tone: 'warn', title: 'Idle' }
  if (note !== null) return { icon: 'paperclip', tone: 'warn', title: note.text }
  return null
}

export function tabName(chat: Chat, now: number, name = chat.customer): string {
  const glyph = tabGlyph(chat, now)
  const parts = [name]
  if (chat.unread > 0) parts.push(`${chat.unread} unread`)
  if (chat.link.phase === 'ended') parts.push('ended')
  const note = filesNote(chat)
  if (note !== null && note.text !== glyph?.title) parts.push(note.text)
  if (glyph !== null) parts.push(glyph.title.toLowerCase())
  return parts.join(', ')
}
