import { compareEntries } from '#shared/entry-order.ts'
import type { Entry } from '#shared/entry.ts'

export interface TimelineChange {
  readonly upserted: readonly Entry[]
  readonly removed: readonly string[]
}

/** Pure: the entries after a change, in order. Returns the same array when nothing changed. */
export function applyToEntries(entries: readonly Entry[], change: TimelineChange): readonly Entry[] {
  if (change.upserted.length === 0 && change.removed.length === 0) return entries
  const gone = new Set(change.removed)
  const changed = new Map(change.upserted.map((entry) => [entry.id, entry]))
  const next: Entry[] = []
  for (const entry of entries) {
    const replacement = changed.get(entry.id)
    if (replacement !== undefined) changed.delete(entry.id)
    if (!gone.has(entry.id)) next.push(replacement ?? entry)
  }
  for (const [id, entry] of changed) if (!gone.has(id)) next.push(entry)
  return isOrdered(next) ? next : next.sort(compareEntries)
}

function isOrdered(entries: readonly Entry[]): boolean {
  return entries.every((entry, index) => {
    const before = entries[index - 1]
    return before === undefined || compareEntries(before, entry) <= 0
  })
}
