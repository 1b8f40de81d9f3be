import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { Change, ChatId, WatchedPage } from '#shared/model.ts'
import type { Entry } from '#shared/entry.ts'
import { compareEntries } from '#shared/entry-order.ts'
import { DeskError } from '#shared/failure.ts'
import { request } from '../desk.ts'
import { applyToEntries, type TimelineChange } from './timeline.ts'

export type TimelineState = 'loading' | 'ready' | 'failed'

/** A change that came while the answer to a request was on its way, and the number of the patch it was in. */
interface EarlyChange {
  readonly revision: number
  readonly change: TimelineChange
}

export interface Timeline {
  readonly entries: readonly Entry[]
  readonly hasOlder: boolean
  readonly isLoadingOlder: boolean
  /** Entries were let go here that main still counts as held by the page. */
  readonly isTrimmed: boolean
  /** Where the unread messages began when the conversation was opened. */
  readonly firstUnreadId: string | null
  readonly state: TimelineState
}

const opening: Timeline = {
  entries: [],
  hasOlder: false,
  isLoadingOlder: false,
  isTrimmed: false,
  firstUnreadId: null,
  state: 'loading',
}
/** Kept while the reader is at the end; more is held only while they read further up. */
export const entriesKept = 400

/** The conversations on screen, a window at a time. Older pages come while scrolling. */
export const useTimelines = defineStore('timelines', () => {
  const shown = shallowReactive(new Map<ChatId, Timeline>())
  const early = new Map<ChatId, EarlyChange[]>()
  const loads = new Map<ChatId, Promise<void>>()

  function update(chatId: ChatId, part: Partial<Timeline>): void {
    const timeline = shown.get(chatId)
    if (timeline !== undefined) shown.set(chatId, { ...timeline, ...part })
  }

  async function watch(chatId: ChatId): Promise<void> {
    const held: EarlyChange[] = []
    early.set(chatId, held)
    if (!shown.has(chatId)) shown.set(chatId, opening)
    try {
      const page = await request('timeline.watch', { chatId })
      // A later watch or an unwatch took over while this answer was on its way.
      if (early.get(chatId) !== held) return
      early.delete(chatId)
      const firstUnreadId = shown.get(chatId)?.firstUnreadId ?? page.firstUnreadId
      shown.set(chatId, { ...opening, ...settle(page, held), firstUnreadId, state: 'ready' })
    } catch (error) {
      if (!(error instanceof DeskError)) throw error
      if (early.get(chatId) !== held) return
      early.delete(chatId)
      update(chatId, { state: 'failed' })
    }
  }

  async function unwatch(chatId: ChatId): Promise<void> {
    shown.delete(chatId)
    early.delete(chatId)
    await request('timeline.unwatch', { chatId })
  }

  function loadOlder(chatId: ChatId, untilId?: string): Promise<void> {
    const load = loads.get(chatId) ?? fetchOlder(chatId, untilId).finally(() => loads.delete(chatId))
    loads.set(chatId, load)
    return load
  }

  async function fetchOlder(chatId: ChatId, untilId?: string): Promise<void> {
    const timeline = shown.get(chatId)
    const first = timeline?.entries[0]
    if (timeline === undefined || first === undefined || !timeline.hasOlder || timeline.isLoadingOlder) return
    update(chatId, { isLoadingOlder: true })
    try {
      const page = await request('timeline.older', {
        chatId,
        beforeId: first.id,
        ...(untilId !== undefined && { untilId }),
      })
      const entries = applyToEntries(shown.get(chatId)?.entries ?? [], {
        upserted: page.entries.filter(({ id }) => !hasEntry(shown.get(chatId), id)),
        removed: [],
      })
      update(chatId, {
        entries,
        hasOlder: page.hasOlder,
        isLoadingOlder: false,
        isTrimmed: timeline.isTrimmed && page.hasOlder,
      })
    } catch (error) {
      update(chatId, { isLoadingOlder: false })
      throw error
    }
  }

  /** All of a conversation, to its first message. False when it was left or did not get there. */
  async function loadAll(chatId: ChatId): Promise<boolean> {
    for (;;) {
      const before = shown.get(chatId)
      if (before?.hasOlder !== true) return before !== undefined
      await loadOlder(chatId)
      const after = shown.get(chatId)
      if (after?.hasOlder === true && after.entries.length === before.entries.length) return false
    }
  }

  function applyChange(change: Extract<Change, { kind: 'timeline' }>, revision: number): void {
    early.get(change.chatId)?.push({ revision, change })
    const timeline = shown.get(change.chatId)
    if (timeline?.state !== 'ready') return
    update(change.chatId, {
      entries: applyToEntries(timeline.entries, timeline.isTrimmed ? above(timeline, change) : change),
      hasOlder: timeline.isTrimmed || change.hasOlder,
    })
  }

  /** Lets go of what is far above the end. The caller says so when the reader is at the end. */
  function trim(chatId: ChatId): void {
    const timeline = shown.get(chatId)
    if (timeline === undefined || timeline.entries.length <= entriesKept * 2) return
    update(chatId, { entries: timeline.entries.slice(-entriesKept), hasOlder: true, isTrimmed: true })
  }

  /** After a gap in the numbers: what is on screen is asked for again. */
  async function reload(): Promise<void> {
    await Promise.all([...shown.keys()].map((chatId) => watch(chatId)))
  }

  return { shown, watch, unwatch, loadOlder, loadAll, applyChange, trim, reload }
})

/** What main numbered after the page is newer than it, everything else is in it: nothing is ranked here. */
function settle(page: WatchedPage, held: readonly EarlyChange[]): Pick<Timeline, 'entries' | 'hasOlder'> {
  let { entries } = page
  for (const { revision, change } of held) {
    if (revision > page.revision) entries = applyToEntries(entries, change)
  }
  return { entries, hasOlder: page.hasOlder }
}

function hasEntry(timeline: Timeline | undefined, id: string): boolean {
  return timeline?.entries.some((entry) => entry.id === id) ?? false
}

/** Without the entries that lie before what was kept: they come back with the older pages. */
function above(timeline: Timeline, change: TimelineChange): TimelineChange {
  const first = timeline.entries[0]
  if (first === undefined) return change
  return { ...change, upserted: change.upserted.filter((entry) => compareEntries(entry, first) >= 0) }
}
