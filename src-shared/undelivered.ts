import type { Delivery } from './entry.ts'

/** Why a message that was sent did not reach the customer. */
export function undeliveredReason({ why }: Extract<Delivery, { state: 'undelivered' }>): string {
  return why === 'rejected'
    ? "refused by the contact centre's message processing"
    : "the contact centre's message processing failed"
}
