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

const deliveryRank = {
  failed: 0,
  queued: 0,
  sending: 1,
  sent: 2,
  undelivered: 3,
  delivered: 4,
  read: 5,
} as const

/**
 * A change can reach the page before the answer to the request that opened the timeline, and be older or newer than
 * it. Nothing ever goes backwards in an entry, so the one that is further along is the newer one.
 */
export function mergeEarly(page: readonly Entry[], early: TimelineChange): TimelineChange {
  const known = new Map(page.map((entry) => [entry.id, entry]))
  const upserted = early.upserted.filter((entry) => {
    const shown = known.get(entry.id)
    return shown === undefined || !isBehind(entry, shown)
  })
  return { upserted, removed: early.removed }
}

function isBehind(early: Entry, shown: Entry): boolean {
  if (shown.serviceId !== null && early.serviceId === null) return true
  if (early.kind === 'message' && shown.kind === 'message') {
    if (early.streaming !== shown.streaming) return early.streaming
    if (early.delivery === null || shown.delivery === null) return false
    return deliveryRank[early.delivery.state] < deliveryRank[shown.delivery.state]
  }
  if (early.kind === 'attachment' && shown.kind === 'attachment') return isScanned(shown) && !isScanned(early)
  return false
}

function isScanned(entry: Extract<Entry, { kind: 'attachment' }>): boolean {
  return entry.files.every(({ status }) => status !== 'in-progress')
}

function isOrdered(entries: readonly Entry[]): boolean {
  return entries.every((entry, index) => {
    const before = entries[index - 1]
    return before === undefined || compareEntries(before, entry) <= 0
  })
}
