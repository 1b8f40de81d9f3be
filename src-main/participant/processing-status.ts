import type { Undelivered } from './service-item.ts'

/** What `MessageProcessingStatus` says against a message; PROCESSING says nothing yet. */
export function undeliveredBy(status: string | undefined): Undelivered | null {
  if (status === 'REJECTED') return 'rejected'
  return status === 'FAILED' ? 'broken' : null
}
