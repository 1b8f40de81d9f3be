import type { Chat } from '#shared/model.ts'
import type { IconName } from '../ui/icon-paths.ts'
import { filesNote } from './files-note.ts'
import { firstName } from './first-name.ts'
import { isDown, levelOf, waitingOf } from './waiting.ts'
import { isolated } from '../ui/bidi.ts'

export interface Glyph {
  readonly icon: IconName
  readonly tone: 'plain' | 'warn' | 'bad'
  /** Repeats the clock beside the name; needed only where the inbox is a rail. */
  readonly isRailOnly: boolean
}

export interface PreviewLine {
  readonly who: string | null
  readonly tone: 'plain' | 'edit' | 'bad' | 'typing'
  readonly text: string
}

export function isTyping(chat: Pick<Chat, 'typingUntil' | 'link'>, now: number): boolean {
  return chat.typingUntil !== null && chat.typingUntil > now && chat.link.phase !== 'ended'
}

export function glyphOf(chat: Chat, now: number): Glyph | null {
  if (chat.link.phase === 'ended') {
    const icon = chat.link.reason === 'transferred' ? 'swap' : 'stop'
    return { icon, tone: 'plain', isRailOnly: false }
  }
  if (chat.outbox.failed + chat.filesOut.failed > 0) return { icon: 'alert', tone: 'bad', isRailOnly: false }
  if (isDown(chat, now)) return { icon: 'sync', tone: 'warn', isRailOnly: false }
  const level = levelOf(chat, now)
  if (level === 'late') return { icon: 'warning', tone: 'bad', isRailOnly: true }
  if (level === 'due') return { icon: 'clock-due', tone: 'warn', isRailOnly: true }
  return null
}

export function previewOf(chat: Chat, draft: string, now: number): PreviewLine {
  const text = chat.preview?.text ?? ''
  if (chat.outbox.failed > 0) {
    return { who: 'Not sent:', tone: 'bad', text: chat.preview?.who === 'you' ? text : 'a message of yours' }
  }
  const note = filesNote(chat)
  if (note?.tone === 'bad') return { who: null, tone: 'bad', text: note.text }
  if (isTyping(chat, now))
    return { who: null, tone: 'typing', text: `${isolated(firstName(chat.customer))} is typing…` }
  if (draft.trim() !== '') return { who: 'Draft:', tone: 'edit', text: draft.replace(/\s+/gu, ' ') }
  if (note !== null) return { who: null, tone: 'edit', text: note.text.replace(/^s/u, 'S') }
  return { who: speaker(chat), tone: 'plain', text: text === '' ? 'No messages yet' : text }
}

/** One sentence that begins with the customer's name: "Jonas Lindqvist, late, waiting 4 minutes 12, 3 unread". */
export function rowName(chat: Chat, draft: string, now: number): string {
  const parts = [chat.customer, waitingOf(chat, now).spoken]
  if (chat.unread > 0) parts.push(`${chat.unread} unread`)
  if (isTyping(chat, now)) parts.push('typing')
  if (chat.outbox.failed > 0) parts.push('a message was not sent')
  const note = filesNote(chat)
  if (note !== null) parts.push(note.text)
  if (isDown(chat, now)) parts.push('reconnecting')
  if (draft.trim() !== '') parts.push('draft')
  return parts.join(', ')
}

function speaker(chat: Chat): string | null {
  switch (chat.preview?.who) {
    case 'you':
      return 'You:'
    case 'customer':
      return `${isolated(firstName(chat.customer))}:`
    case 'bot':
      return 'Bot:'
    case 'system':
    case undefined:
      return null
  }
}
