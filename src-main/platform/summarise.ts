import { deafAt, isDeaf } from '#shared/deafness.ts'
import type { Chat } from '#shared/model.ts'

export interface Summary {
  readonly unread: number
  /** Chats whose customer may be speaking unheard. */
  readonly unproven: number
  /** When that number grows by itself, null when it does not. */
  readonly until: number | null
}

export function summarise(chats: readonly Pick<Chat, 'link' | 'unread'>[], now: number): Summary {
  const later = chats.map(({ link }) => deafAt(link)).filter((at) => at > now && at < Infinity)
  return {
    unread: chats.reduce((sum, chat) => sum + chat.unread, 0),
    unproven: chats.filter(({ link }) => isDeaf(link, now)).length,
    until: later.length === 0 ? null : Math.min(...later),
  }
}

export function describe({ unread, unproven }: Pick<Summary, 'unread' | 'unproven'>): string {
  if (unproven > 0) return `Parley: no proof of delivery in ${count(unproven, 'chat')}`
  return unread > 0 ? `Parley: ${count(unread, 'unread message')}` : 'Parley'
}

function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`
}
