import { isPlaceholder } from '#shared/customer-name.ts'
import type { Entry } from '#shared/entry.ts'
import { compareEntries } from '#shared/entry.ts'
import type { ChatRecord } from './chat-record.ts'
import { isFromCustomer } from './chat-summary.ts'
import type { Receipts } from './receipts.ts'
import type { Source } from './transcript.ts'
import type { Typing } from './typing.ts'

export interface CustomerName {
  readonly participantId: string | null
  readonly name: string
}

export interface ArrivalParts {
  readonly record: ChatRecord
  readonly typing: Typing
  readonly receipts: Receipts
}

/** What new entries mean for the rest of the chat: unread counts, receipts, the typing sign, names. */
export class Arrivals {
  readonly #parts: ArrivalParts

  /** By participant, as each was last called. */
  readonly #names = new Map<string | null, string>()

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

  /** A missing name is learned, and a new one of the same customer: a guest who signed in. */
  named(found: {
    readonly contactId: string | null
    readonly customer: CustomerName | null
    readonly isNewest: boolean
  }): void {
    const { record } = this.#parts
    if (record.stored.contactId === null && found.contactId !== null) {
      record.update({ contactId: found.contactId })
    }
    if (found.customer === null) return
    const isRenamed = found.isNewest && this.#isRenamed(found.customer)
    if (isPlaceholder(record.stored.customer) || isRenamed) record.update({ customer: found.customer.name })
  }

  /** Remembers the name, and says whether the participant had another one before. */
  #isRenamed({ participantId, name }: CustomerName): boolean {
    const before = this.#nameOf(participantId)
    this.#names.set(participantId, name)
    return before !== null && before !== name
  }

  #nameOf(participantId: string | null): string | null {
    const known = this.#names.get(participantId)
    if (known !== undefined) return known
    const entry = this.#parts.record.transcript.entries.findLast(
      (one) => isFromCustomer(one) && one.sender.participantId === participantId && one.sender.name !== null,
    )
    return entry !== undefined && isFromCustomer(entry) ? entry.sender.name : null
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
