import { computed, inject, nextTick, onBeforeUnmount, onMounted, provide, shallowRef } from 'vue'
import type { ComputedRef, InjectionKey, Ref } from 'vue'
import type { Chat } from '#shared/model.ts'
import { useCopy } from '../composables/use-copy.ts'
import { useNotices } from '../stores/notices.ts'
import { useTimelines } from '../stores/timelines.ts'
import { commandKeys, isControl } from '../ui/keys.ts'
import type { LogRow, SaidRow } from './log-rows.ts'
import { logText } from './log-text.ts'
import { plainWords } from './plain-words.ts'
import { selectedRows, takenFrom, type SelectedRows } from './selected-rows.ts'

export interface LogSelection {
  /** The rows in which the selection begins and ends: while they are drawn, it stays whatever is scrolled. */
  readonly ends: ComputedRef<readonly number[]>
  readonly isSelecting: () => boolean
  /** Ctrl and A in the log: all of the conversation, and nothing else. */
  readonly takeKey: (event: KeyboardEvent) => void
}

const key: InjectionKey<() => string | null> = Symbol('selected text of the log')

/**
 * A selection over the log, where only what is on screen is drawn: what is copied is put together from what is known
 * of the conversation, not from what is drawn.
 */
export function provideLogSelection(
  chat: () => Chat,
  parts: { readonly log: () => HTMLElement | null; readonly rows: Readonly<Ref<readonly LogRow[]>> },
): LogSelection {
  const { log, rows } = parts
  const copy = useCopy()
  const notices = useNotices()
  const timelines = useTimelines()
  const selected = shallowRef<SelectedRows | null>(null)
  const ends = computed(() =>
    [selected.value?.from, selected.value?.to].map(indexOf).filter((index) => index >= 0),
  )

  function indexOf(id: string | null | undefined): number {
    return id === null || id === undefined ? -1 : rows.value.findIndex((row) => row.id === id)
  }

  function look(): SelectedRows | null {
    const element = log()
    return element === null ? null : selectedRows(element, currentRange())
  }

  /** The rows from the first to the last that are selected. */
  function taken({ from, to }: SelectedRows): readonly LogRow[] {
    const last = to === null ? rows.value.length - 1 : indexOf(to)
    return rows.value.slice(Math.max(0, indexOf(from)), last + 1)
  }

  /** Null where it is one message alone, which copies like any text. */
  function text(): string | null {
    const found = look()
    const range = currentRange()
    if (found === null || range === null) return null
    const words = new Map<LogRow, string>()
    const several = taken(found).filter((row) => {
      const said = row.kind === 'said' ? wordsIn(row, range) : ''
      if (said !== null) words.set(row, said)
      return said !== null
    })
    return several.length < 2 ? null : logText(several, chat(), (row) => words.get(row) ?? null)
  }

  /** The words of a row that is drawn may be selected in part. */
  function wordsIn(row: SaidRow, range: Range): string | null {
    const drawn = log()?.querySelector(`[data-row="${CSS.escape(row.id)}"]`)
    if (!(drawn instanceof HTMLElement)) return plainWords(row.entry)
    const taken = takenFrom(drawn, range)
    return taken.isWhole ? plainWords(row.entry) : taken.words
  }

  function handleCopy(event: ClipboardEvent): void {
    const copied = text()
    if (copied === null) return
    event.preventDefault()
    const reachesUp = look()?.from === null && timelines.shown.get(chat().chatId)?.hasOlder === true
    if (reachesUp) void copyWithOlder()
    else event.clipboardData?.setData('text/plain', copied)
  }

  /** What is selected begins above what is loaded. */
  async function copyWithOlder(): Promise<void> {
    const loading = timelines.loadAll(chat().chatId)
    const isAllThere = await notices.attempt('Older messages were not loaded, nothing was copied.', loading)
    await nextTick()
    const copied = text()
    if (isAllThere === true && copied !== null) await copy(copied, 'Conversation copied.')
  }

  function takeKey(event: KeyboardEvent): void {
    const element = log()
    if (element === null || !isControl(event) || event.altKey || event.shiftKey) return
    if (!commandKeys(event).includes('a')) return
    event.preventDefault()
    document.getSelection()?.selectAllChildren(element)
  }

  function follow(): void {
    selected.value = look()
  }

  onMounted(() => {
    document.addEventListener('selectionchange', follow)
    // Before whoever remembers whose words were copied.
    document.addEventListener('copy', handleCopy, true)
  })
  onBeforeUnmount(() => {
    document.removeEventListener('selectionchange', follow)
    document.removeEventListener('copy', handleCopy, true)
  })
  provide(key, text)

  return { ends, isSelecting: () => selected.value !== null, takeKey }
}

/** What is selected in the log around this component, as text; null when that is not more than one row. */
export function useSelectedText(): () => string | null {
  return inject(key, () => null)
}

function currentRange(): Range | null {
  const selection = document.getSelection()
  return selection === null || selection.rangeCount === 0 ? null : selection.getRangeAt(0)
}
