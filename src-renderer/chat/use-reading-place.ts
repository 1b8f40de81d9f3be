import type { Ref } from 'vue'
import type { Chat } from '#shared/model.ts'
import { unreadRow, type LogRow } from './log-rows.ts'
import { useKeptPlace } from './use-kept-place.ts'

/** As much of the list as knows what is on screen. */
interface View {
  readonly scrollOffset: number
  readonly findItemIndex: (offset: number) => number
}

export interface ReadingPlace {
  /**
   * The row to open at: where the reader was when the page had to be loaded again, else the first unread message, else
   * where the reader was; null is the end.
   */
  readonly openPlace: () => string | null
  /** The first message that came while nobody looked and has gone off the screen at the top. */
  readonly missed: () => string | null
  readonly keepPlace: (isAtEnd: boolean) => void
}

/** Where reading goes on in a conversation. */
export function useReadingPlace(
  chat: () => Chat,
  log: { readonly rows: Readonly<Ref<readonly LogRow[]>>; readonly view: () => View | null },
): ReadingPlace {
  const place = useKeptPlace(() => chat().chatId)

  function openPlace(): string | null {
    const hasUnread = log.rows.value.some(({ id }) => id === unreadRow.id)
    return hasUnread && !place.isFromBefore() ? unreadRow.id : place.kept()
  }

  function missed(): string | null {
    const view = log.view()
    if (view === null || chat().unread === 0) return null
    const first = log.rows.value.filter(isCustomers).at(-chat().unread)
    if (first === undefined) return null
    return log.rows.value.indexOf(first) < view.findItemIndex(view.scrollOffset) ? first.id : null
  }

  function keepPlace(isAtEnd: boolean): void {
    const view = log.view()
    if (view === null) return
    const first = log.rows.value
      .slice(view.findItemIndex(view.scrollOffset))
      .find((row) => row.kind === 'said')
    place.keep(isAtEnd ? null : (first?.id ?? null))
  }

  return { openPlace, missed, keepPlace }
}

function isCustomers(row: LogRow): boolean {
  return row.kind === 'said' && row.entry.sender.role === 'customer'
}
