import { computed, nextTick, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { Chat } from '#shared/model.ts'
import { isDown } from '../inbox/waiting.ts'
import { useClock } from '../stores/clock.ts'
import { useTimelines } from '../stores/timelines.ts'
import { buildRows, type LogRow } from './log-rows.ts'

export interface LogRows {
  readonly rows: Readonly<ShallowRef<LogRow[]>>
  /** Entries came or went above the reader: keep the distance to the end instead of the distance to the start. */
  readonly isShifting: Readonly<Ref<boolean>>
}

/**
 * The rows of a chat as its timeline grows. `drawn` is called after each change, once the page shows it; `sent` before
 * that, when the change is something the agent said.
 */
export function useLogRows(
  chat: () => Chat,
  options: { readonly drawn: () => void; readonly sent: () => void },
): LogRows {
  const clock = useClock()
  const timelines = useTimelines()

  const timeline = computed(() => timelines.shown.get(chat().chatId))
  // Rows depend on the time only through "today", "is typing" and "is down": not on every second.
  const minute = computed(() => Math.floor(clock.now / 60_000) * 60_000)
  const isTyping = computed(() => (chat().typingUntil ?? 0) > clock.now)
  const isChatDown = computed(() => isDown(chat(), clock.now))
  const wanted = computed(() =>
    buildRows(
      timeline.value?.entries ?? [],
      {
        ...chat(),
        typingUntil: isTyping.value ? Infinity : null,
        isDown: isChatDown.value,
        firstUnreadId: timeline.value?.firstUnreadId ?? null,
      },
      minute.value,
    ),
  )
  const rows = shallowRef<LogRow[]>([...wanted.value])
  const isShifting = ref(false)

  watch(wanted, async (next) => {
    const before = rows.value
    isShifting.value = headOf(before) !== headOf(next) && before.at(-1)?.id === next.at(-1)?.id
    rows.value = [...next]
    await nextTick()
    isShifting.value = false
    if (hasSent(before, next)) options.sent()
    options.drawn()
  })

  return { rows, isShifting }
}

/** Separators above the first entry come and go with it; they say nothing about what was added. */
function headOf(rows: readonly LogRow[]): string | undefined {
  return rows.find((row) => 'entry' in row)?.id
}

/** The last thing the agent said is new, and nothing that was known stands below it. */
function hasSent(before: readonly LogRow[], after: readonly LogRow[]): boolean {
  const known = new Set(before.filter(isEntry).map(({ id }) => id))
  const last = after.findLastIndex((row) => row.kind === 'said' && row.entry.sender.own)
  const row = after[last]
  if (row === undefined || known.has(row.id)) return false
  return !after.slice(last + 1).some(({ id }) => known.has(id))
}

function isEntry(row: LogRow): boolean {
  return 'entry' in row
}
