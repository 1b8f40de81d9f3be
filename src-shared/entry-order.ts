import type { Entry } from './entry.ts'

// Apart from the schemas, so that the page can order entries without carrying a schema library.

/** An own message the service has not named yet. It follows everything the service has named. */
export function isPending(entry: Entry): boolean {
  return entry.kind === 'message' && entry.sender.own && entry.serviceId === null
}

/** The one order of a conversation: service time, then arrival; pending messages last, in the order typed. */
export function compareEntries(a: Entry, b: Entry): number {
  const pending = Number(isPending(a)) - Number(isPending(b))
  if (pending !== 0) return pending
  if (isPending(a)) return a.seq - b.seq
  return a.at - b.at || a.seq - b.seq
}
