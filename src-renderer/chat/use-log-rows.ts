import { computed, nextTick, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { Chat } from '#shared/model.ts'
import { isDown } from '../inbox/waiting.ts'
import { useClock } from '../stores/clock.ts'
import { useTimelines } from '../stores/timelines.ts'
import { buildRows, type LogRow, type SaidRow } from './log-rows.ts'

export interface LogRows {
  readonly rows: Readonly<ShallowRef<LogRow[]>>
  /** Entries came or went above the reader: keep the distance to the end instead of the distance to the start. */
  readonly isShifting: Readonly<Ref<boolean>>
  /** What others said below while the reader was further up. */
  readonly newCount: Ref<number>
}

/** The rows of a chat as its timeline grows. `drawn` is called after each change, once the page shows it. */
export function useLogRows(
  chat: () => Chat,
  options: { readonly isAtEnd: () => boolean; readonly drawn: () => void },
): LogRows {
  const clock = useClock()
  const timelines = useTimelines()

  // Rows depend on the time only through "today", "is typing" and "is down": not on every second.
  const minute = computed(() => Math.floor(clock.now / 60_000) * 60_000)
  const isTyping = computed(() => (chat().typingUntil ?? 0) > clock.now)
  const isChatDown = computed(() => isDown(chat(), clock.now))
  const wanted = computed(() =>
    buildRows(
      timelines.shown.get(chat().chatId)?.entries ?? [],
      { ...chat(), typingUntil: isTyping.value ? Infinity : null, isDown: isChatDown.value },
      minute.value,
    ),
  )
  const rows = shallowRef<LogRow[]>([...wanted.value])
  const isShifting = ref(false)
  const newCount = ref(0)

  watch(wanted, async (next) => {
    const before = rows.value
    isShifting.value = headOf(before) !== headOf(next) && before.at(-1)?.id === next.at(-1)?.id
    if (!options.isAtEnd()) newCount.value += countNew(before, next)
    rows.value = [...next]
    await nextTick()
    isShifting.value = false
    options.drawn()
  })

  return { rows, isShifting, newCount }
}

/** Separators above the first entry come and go with it; they say nothing about what was added. */
function headOf(rows: readonly LogRow[]): string | undefined {
  return rows.find((row) => 'entry' in row)?.id
}

function countNew(before: readonly LogRow[], after: readonly LogRow[]): number {
  const last = before.findLast(isOthers)
  const index = last === undefined ? -1 : after.findIndex(({ id }) => id === last.id)
  return after.slice(index + 1).filter(isOthers).length
}

function isOthers(row: LogRow): row is SaidRow {
  return row.kind === 'said' && !row.entry.sender.own
}
