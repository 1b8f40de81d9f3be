import type { PlacedItem } from '../participant/service-item.ts'
import type { OrderedEntries } from './ordered-entries.ts'

/** Items of one millisecond stand as the service's transcript has them, whatever order they arrived in. */
export function keepPageOrder(entries: OrderedEntries, items: readonly PlacedItem[]): void {
  for (let start = 0; start < items.length;) {
    const at = items[start]?.at
    let end = start + 1
    while (end < items.length && items[end]?.at === at) end += 1
    if (end - start > 1) orderTies(entries, items.slice(start, end))
    start = end
  }
}

function orderTies(all: OrderedEntries, items: readonly PlacedItem[]): void {
  const entries = [...new Set(items.flatMap((item) => all.byServiceId(item.serviceId) ?? []))]
  const seqs = entries.map((entry) => entry.seq).sort((a, b) => a - b)
  const misplaced = entries.flatMap((entry, index) => {
    const seq = seqs[index] ?? entry.seq
    return entry.seq === seq ? [] : [{ ...entry, seq }]
  })
  // Taken out first: two entries must never claim one place.
  for (const entry of misplaced) all.lift(entry.id)
  for (const entry of misplaced) all.put(entry)
}
