import { computed, shallowRef, type ComputedRef, type Ref } from 'vue'
import type { LogRow, SaidRow } from './log-rows.ts'

export interface NewCount {
  /** What others said below the furthest the reader has been. */
  readonly newCount: ComputedRef<number>
  /** Call with the last row on screen, whenever that may have changed. */
  readonly reach: (last: SaidRow | null) => void
}

/** Counted from what is there, not from what came: a message that is loaded twice or found again is still one. */
export function useNewCount(rows: Readonly<Ref<readonly LogRow[]>>): NewCount {
  const furthest = shallowRef<string | null>(null)

  function placeOf(id: string | null): number {
    return id === null ? -1 : rows.value.findIndex((row) => row.id === id)
  }

  function reach(last: SaidRow | null): void {
    const until = placeOf(last?.id ?? null)
    const row = rows.value.slice(0, until + 1).findLast(isOthers)
    if (row !== undefined && placeOf(row.id) > placeOf(furthest.value)) furthest.value = row.id
  }

  const newCount = computed(() => {
    const from = placeOf(furthest.value)
    return from < 0 ? 0 : rows.value.slice(from + 1).filter(isOthers).length
  })

  return { newCount, reach }
}

function isOthers(row: LogRow): row is SaidRow {
  return row.kind === 'said' && !row.entry.sender.own
}
