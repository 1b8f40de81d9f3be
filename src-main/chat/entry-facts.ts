import type { Delivery, Entry } from '#shared/entry.ts'
import type { Receipt } from '../participant/service-item.ts'

/** What a receipt says of the message it is about. */
export function toldBy({ deliveredAt, readAt }: Receipt): Delivery | null {
  if (readAt !== null) return { state: 'read', at: readAt }
  return deliveredAt === null ? null : { state: 'delivered', at: deliveredAt }
}

/** What lets a later list take the place of this one. */
export function referenceOf(entry: Entry): string | null {
  if (entry.kind !== 'message' || entry.body.kind !== 'template') return null
  const { template } = entry.body
  return template.type === 'Response' ? null : template.referenceId
}

/** Our own voice, if any of these entries is known to be ours. */
export function ownIdIn(entries: readonly Entry[]): string | null {
  const own = entries.find((entry) => entry.kind !== 'gap' && entry.sender?.own && entry.sender.participantId)
  return own === undefined || own.kind === 'gap' ? null : (own.sender?.participantId ?? null)
}

const lookedBack = 100

/** Something up to this service time may still change: a file being scanned, an own message not read yet. */
export function hasLooseEnds(entries: readonly Entry[], upTo: number): boolean {
  return entries.slice(-lookedBack).some((entry) => entry.at <= upTo && isLoose(entry))
}

function isLoose(entry: Entry): boolean {
  if (entry.kind === 'attachment') return entry.files.some(({ status }) => status === 'in-progress')
  if (entry.kind !== 'message') return false
  return entry.delivery?.state === 'sent' || entry.delivery?.state === 'delivered'
}
