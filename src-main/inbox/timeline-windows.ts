import { compareEntries, type Entry } from '#shared/entry.ts'
import type { Change, ChatId, TimelinePage } from '#shared/model.ts'

export const pageSize = 60
const readBefore = 20

/** The end of a conversation, oldest first, as a session can give it. */
export interface Timeline {
  entries(): readonly Entry[]
}

/**
 * Which part of which conversation the page holds. Changes to older entries stay here: the page asks for them when
 * it scrolls, so its memory grows with what is visible and not with what exists.
 */
export class TimelineWindows {
  readonly #floors = new Map<ChatId, Entry | null>()

  /** The newest page; reaches back to the first unread message and a little of what was said before it. */
  watch(chatId: ChatId, timeline: Timeline, firstUnreadId: string | null = null): TimelinePage {
    const all = timeline.entries()
    const unread = firstUnreadId === null ? -1 : all.findIndex(({ id }) => id === firstUnreadId)
    const newest = Math.max(0, all.length - pageSize)
    const start = unread < 0 ? newest : Math.min(newest, Math.max(0, unread - readBefore))
    const entries = all.slice(start)
    this.#floors.set(chatId, entries[0] ?? null)
    return { entries, hasOlder: entries.length < all.length }
  }

  unwatch(chatId: ChatId): void {
    this.#floors.delete(chatId)
  }

  isWatched(chatId: ChatId): boolean {
    return this.#floors.has(chatId)
  }

  /** The page before `beforeId`; reaches back to `untilId` when that is further away than a page. */
  older(
    chatId: ChatId,
    timeline: Timeline,
    at: { beforeId: string; untilId?: string | undefined },
  ): TimelinePage {
    const all = timeline.entries()
    const end = all.findIndex((entry) => entry.id === at.beforeId)
    if (end < 0) return { entries: [], hasOlder: false }
    const wanted = at.untilId === undefined ? -1 : all.findIndex((entry) => entry.id === at.untilId)
    const start = Math.max(0, Math.min(end - pageSize, wanted < 0 ? end : wanted))
    const entries = all.slice(start, end)
    this.#lower(chatId, entries[0])
    return { entries, hasOlder: start > 0 }
  }

  /** What of a change the page needs, or null when it is not looking. */
  narrow(
    chatId: ChatId,
    timeline: Timeline,
    change: { readonly upserted: readonly Entry[]; readonly removed: readonly string[] },
  ): Extract<Change, { kind: 'timeline' }> | null {
    const held = this.#floors.get(chatId)
    if (held === undefined) return null
    const all = timeline.entries()
    const floor = held ?? all.slice(-pageSize)[0] ?? null
    this.#floors.set(chatId, floor)
    const upserted = change.upserted.filter((entry) => floor === null || compareEntries(entry, floor) >= 0)
    const oldest = all[0]
    const hasOlder = floor !== null && oldest !== undefined && compareEntries(oldest, floor) < 0
    return { kind: 'timeline', chatId, upserted, removed: change.removed, hasOlder }
  }

  #lower(chatId: ChatId, candidate: Entry | undefined): void {
    const floor = this.#floors.get(chatId)
    if (candidate === undefined || floor === undefined) return
    if (floor === null || compareEntries(candidate, floor) < 0) this.#floors.set(chatId, candidate)
  }
}
