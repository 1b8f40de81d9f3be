import type { ContactHandle } from '#simulator/contact-handle.ts'

/** Files that somebody called complete although the storage does not have them: the service takes none of those. */
export function orphanedCompletions(contact: ContactHandle): number {
  const { attachments } = contact.truth()
  return attachments.filter(({ status, completes }) => status === 'AWAITED' && completes > 0).length
}
