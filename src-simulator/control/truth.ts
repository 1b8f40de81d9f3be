import { createHash } from 'node:crypto'
import type { Attachment } from '../room/attachment.ts'
import type { ContactRoom, TypingSeen } from '../room/contact-room.ts'
import type { ParticipantRole, Receipt, TranscriptItem } from '../room/transcript-item.ts'
import type { World } from '../world.ts'

export type AttachmentTruth = Readonly<{
  id: string
  name: string
  contentType: string
  size: number
  status: Attachment['status']
  /** Of the bytes that arrived; absent before they did and after a rejection. */
  sha256?: string
  bytesBase64?: string
  puts: number
  completes: number
}>

/** What really happened in one conversation, whatever a client believes. */
export type Truth = Readonly<{
  contactId: string
  initialContactId: string
  customerName: string
  attributes: Readonly<Record<string, string>>
  state: 'live' | 'ended'
  transcript: readonly TranscriptItem[]
  /** How often an item was really added under each ClientToken. */
  clientTokens: Readonly<Record<string, number>>
  /** The agent's open, subscribed sockets. */
  sockets: number
  typing: readonly TypingSeen[]
  receipts: readonly (Receipt & { MessageId: string })[]
  participants: readonly Readonly<{
    id: string
    role: ParticipantRole
    displayName: string
    presence: string
  }>[]
  attachments: readonly AttachmentTruth[]
}>

export function truthOf(world: World, room: ContactRoom, options: { readonly bytes?: boolean } = {}): Truth {
  return {
    contactId: room.contactId,
    initialContactId: room.initialContactId,
    customerName: room.spec.customerName,
    attributes: room.spec.attributes,
    state: room.endedAt === undefined ? 'live' : 'ended',
    transcript: [...room.log.all],
    clientTokens: room.clientTokens.timesApplied(),
    sockets: world.hub.agentSocketsOf(room),
    typing: [...room.typing],
    receipts: room.receipts.all(),
    participants: room.participants.map(({ id, role, displayName, presence }) => ({
      id,
      role,
      displayName,
      presence,
    })),
    attachments: [...room.attachments.values()].map((one) => attachmentTruth(one, options.bytes ?? false)),
  }
}

const attachmentTruth = (attachment: Attachment, withBytes: boolean): AttachmentTruth => ({
  id: attachment.id,
  name: attachment.name,
  contentType: attachment.contentType,
  size: attachment.size,
  status: attachment.status,
  ...(attachment.bytes && { sha256: createHash('sha256').update(attachment.bytes).digest('hex') }),
  ...(withBytes && attachment.bytes && { bytesBase64: attachment.bytes.toString('base64') }),
  puts: attachment.puts,
  completes: attachment.completes,
})
