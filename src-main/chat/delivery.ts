import type { Delivery } from '#shared/entry.ts'
import { unreachable } from '#shared/failure.ts'

/** What happened to an own message. `retried` is the only way out of failure. */
export type DeliveryEvent = Delivery | { readonly state: 'retried' }

const rank = { queued: 0, sending: 1, failed: 2, sent: 3, undelivered: 4, delivered: 5, read: 6 } as const

/** Forward only: a late answer or an old receipt changes nothing. */
export function advance(current: Delivery, event: DeliveryEvent): Delivery {
  switch (event.state) {
    case 'retried':
      return current.state === 'failed' ? { state: 'queued' } : current
    case 'queued':
      return current
    case 'sending':
      return current.state === 'queued' || (current.state === 'sending' && event.trouble) ? event : current
    case 'failed':
      return rank[current.state] < rank.failed ? event : current
    case 'sent':
    case 'undelivered':
    case 'delivered':
    case 'read':
      return rank[event.state] > rank[current.state] ? event : current
    default:
      return unreachable(event)
  }
}
