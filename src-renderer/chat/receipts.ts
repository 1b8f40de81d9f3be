import type { Delivery, Entry } from '#shared/entry.ts'
import type { FailureCode } from '#shared/failure.ts'
import { undeliveredReason } from '#shared/undelivered.ts'
import type { IconName } from '../ui/icon-paths.ts'
import { timeOfDay } from '../ui/time.ts'

export interface ReceiptNote {
  readonly icon: IconName
  readonly tone: 'wait' | 'read' | 'bad'
  readonly text: string
}

const rank = { queued: 0, sending: 1, sent: 2, delivered: 3, read: 4 } as const

/** Notes by entry id: only under the last own message that reached a state, and under each that failed. */
export function placeReceipts(entries: readonly Entry[]): ReadonlyMap<string, ReceiptNote> {
  const notes = new Map<string, ReceiptNote>()
  const queued = entries.filter((entry) => stateOf(entry) === 'queued').length
  let reached = -1
  for (const entry of entries.toReversed()) {
    if (entry.kind !== 'message' || entry.delivery === null) continue
    const { delivery } = entry
    if (delivery.state === 'failed') {
      notes.set(entry.id, { icon: 'alert', tone: 'bad', text: `Not sent. ${delivery.reason}` })
    } else if (delivery.state === 'undelivered') {
      notes.set(entry.id, {
        icon: 'alert',
        tone: 'bad',
        text: `Not delivered: ${undeliveredReason(delivery)}`,
      })
    } else if (rank[delivery.state] > reached) {
      reached = rank[delivery.state]
      notes.set(entry.id, noteOf(delivery, queued))
    }
  }
  return notes
}

function stateOf(entry: Entry): Delivery['state'] | null {
  return entry.kind === 'message' ? (entry.delivery?.state ?? null) : null
}

/** Said while the chat goes on trying, so without advice. */
function sendingText(trouble: FailureCode | undefined): string {
  switch (trouble) {
    case undefined:
      return 'Sending…'
    case 'throttled':
      return 'Sending… the service is busy'
    case 'unreachable':
      return 'Sending… the service cannot be reached'
    case 'timed-out':
      return 'Sending… the service does not answer'
    case 'gateway':
      return 'Sending… a gateway answers instead of the service'
    default:
      return 'Sending… the service has trouble'
  }
}

function noteOf(
  delivery: Exclude<Delivery, { state: 'failed' | 'undelivered' }>,
  queued: number,
): ReceiptNote {
  switch (delivery.state) {
    case 'queued': {
      const text = queued === 1 ? 'Queued' : `${queued} queued, sent in this order`
      return { icon: 'outbox', tone: 'wait', text }
    }
    case 'sending':
      return { icon: 'clock', tone: 'wait', text: sendingText(delivery.trouble) }
    case 'sent':
      return { icon: 'check', tone: 'wait', text: `Sent ${timeOfDay(delivery.at)}` }
    case 'delivered':
      return { icon: 'check-double', tone: 'wait', text: `Delivered ${timeOfDay(delivery.at)}` }
    case 'read':
      return { icon: 'check-double', tone: 'read', text: `Read ${timeOfDay(delivery.at)}` }
  }
}
