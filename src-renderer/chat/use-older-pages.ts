import { nextTick } from 'vue'
import type { ChatId } from '#shared/model.ts'
import { useNotices } from '../stores/notices.ts'
import { useTimelines } from '../stores/timelines.ts'

const loadWithin = 600

export interface OlderPages {
  readonly loadWhenNear: () => void
  /** Brings an entry into view, fetching everything down to it first when it is further up. */
  readonly showEntry: (entryId: string, align?: 'start' | 'center') => Promise<void>
}

export function useOlderPages(
  chatId: () => ChatId,
  view: {
    /** As the list knows it: asking the page would make it measure in the middle of a scroll. */
    readonly place: () => {
      readonly scrollOffset: number
      readonly scrollSize: number
      readonly viewportSize: number
    } | null
    readonly indexOf: (entryId: string) => number
    readonly scrollTo: (index: number, align: 'start' | 'center') => void
  },
): OlderPages {
  const timelines = useTimelines()
  const notices = useNotices()

  async function load(untilId?: string): Promise<void> {
    await notices.attempt('Older messages were not loaded.', timelines.loadOlder(chatId(), untilId))
  }

  function loadWhenNear(): void {
    const place = view.place()
    const timeline = timelines.shown.get(chatId())
    if (place === null || timeline === undefined || !timeline.hasOlder || timeline.isLoadingOlder) return
    if (place.scrollOffset < loadWithin && place.scrollSize > place.viewportSize) void load()
  }

  async function showEntry(entryId: string, align: 'start' | 'center' = 'center'): Promise<void> {
    if (view.indexOf(entryId) < 0) {
      await load(entryId)
      // Once for the rows, once for the list that draws them.
      await nextTick()
      await nextTick()
    }
    const index = view.indexOf(entryId)
    if (index >= 0) view.scrollTo(index, align)
  }

  return { loadWhenNear, showEntry }
}
