import type { Entry } from '#shared/entry.ts'
import { compareEntries } from '#shared/entry.ts'
import type { ChatRecord } from './chat-record.ts'
import { isFromCustomer } from './chat-summary.ts'
import type { Receipts } from './receipts.ts'
import type { Source } from './transcript.ts'
import type { Typing } from './typing.ts'

export interface ArrivalParts {
  readonly record: ChatRecord
  readonly typing: Typing
  readonly receipts: Receipts
}

const placeholderNames: ReadonlySet<string> = new Set(['', 'Customer'])

/** What new entries mean for the rest of the chat: unread counts, receipts, the typing sign, names. */
export class Arrivals {
  readonly #parts: ArrivalParts

  constructor(parts: ArrivalParts) {
    this.#parts = parts
  }

  arrived(entries: readonly Entry[], source: Source): void {
    const { record, typing, receipts } = this.#parts
    const spoken = entries.filter(isFromCustomer)
    const newest = spoken.at(-1)
    if (newest === undefined || newest.serviceId === null) return
    if (source === 'socket') typing.customerSpoke()
    const unseen = source === 'older-page' ? unanswered(spoken, record.transcript.entries) : spoken
    if (unseen.length > 0) record.unseen(unseen)
    if (newest.previousContactId === null) {
      receipts.delivered({ messageId: newest.serviceId, at: newest.at })
    }
  }

  /** The label an agent or an offer gave stays; a missing one is learned. */
  named(found: { readonly contactId: string | null; readonly customer: string | null }): void {
    const { record } = this.#parts
    if (record.stored.contactId === null && found.contactId !== null) {
      record.update({ contactId: found.contactId })
    }
    if (found.customer !== null && placeholderNames.has(record.stored.customer)) {
      record.update({ customer: found.customer })
    }
  }
}

/** History read for the first time: what came before anybody's last answer counts as seen. */
function unanswered(spoken: readonly Entry[], all: readonly Entry[]): readonly Entry[] {
  const answer = all.findLast(
    (entry) =>
      entry.kind === 'message' && (entry.sender.role === 'agent' || entry.sender.role === 'supervisor'),
  )
  return spoken.filter(
    (entry) =>
      entry.previousContactId === null && (answer === undefined || compareEntries(entry, answer) > 0),
  )
}
