import { z } from 'zod'
import type { AttachmentFile, MessageBody } from '#shared/entry.ts'
import { cutTo } from '#shared/cut.ts'
import { shownName } from '#shared/file-name.ts'
import { eventNameOf, typingType } from './content-types.ts'
import { parseChoice, parseResponse } from './parse-response.ts'
import { parseTemplate, viewOf } from './parse-template.ts'
import { undeliveredBy } from './processing-status.ts'
import type { Receipt, ServiceItem, ServiceSender } from './service-item.ts'

const text = z.string().optional().catch(undefined)

const ReceiptShape = z.looseObject({
  DeliveredTimestamp: text,
  ReadTimestamp: text,
  RecipientParticipantId: text,
})
const FileShape = z.looseObject({ AttachmentId: text, AttachmentName: text, ContentType: text, Status: text })
const Shape = z.looseObject({
  Id: text,
  AbsoluteTime: text,
  Type: text,
  ContentType: text,
  Content: text,
  ParticipantId: text,
  DisplayName: text,
  ParticipantRole: text,
  ContactId: text,
  InitialContactId: text,
  RelatedContactId: text,
  Attachments: z.array(z.unknown()).optional().catch(undefined),
  MessageMetadata: z
    .looseObject({
      MessageId: text,
      Receipts: z.array(z.unknown()).optional().catch(undefined),
      MessageCompleted: z.boolean().optional().catch(undefined),
      ChunkNumber: z.number().optional().catch(undefined),
      MessageProcessingStatus: text,
    })
    .optional()
    .catch(undefined),
})
type Shape = z.infer<typeof Shape>

const longestContent = 65_536

/** One transcript item or the content of one frame. Every field may be missing. Null is nothing to show. */
export function parseItem(raw: unknown): ServiceItem | null {
  const parsed = Shape.safeParse(raw)
  if (!parsed.success) return null
  const shape = parsed.data
  switch (kindOf(shape)) {
    case 'nothing':
      return null
    case 'typing':
      return { kind: 'typing', signId: idOf(shape), sender: senderOf(shape), ...contactsOf(shape) }
    case 'receipts':
      return receiptFrameOf(shape)
    case 'event':
      return eventOf(shape)
    case 'attachment':
      return attachmentOf(shape)
    case 'message':
      return messageOf(shape)
  }
}

type Kind = 'message' | 'attachment' | 'event' | 'typing' | 'receipts' | 'nothing'

function kindOf(shape: Shape): Kind {
  const contentType = shape.ContentType ?? ''
  if (shape.Type === 'MESSAGEMETADATA' || contentType.endsWith('.event.message.metadata')) return 'receipts'
  if (shape.Type === 'CONNECTION_ACK' || contentType.endsWith('.event.connection.acknowledged')) {
    return 'nothing'
  }
  if (contentType === typingType || shape.Type === 'TYPING') return 'typing'
  // A receipt of ours, told back as an event; its effect comes as metadata.
  if (/\.event\.message\.(delivered|read)$/.test(contentType)) return 'nothing'
  if (shape.Type === 'ATTACHMENT' || shape.Attachments !== undefined) return 'attachment'
  if (shape.Type === 'MESSAGE') return 'message'
  if (shape.Type === undefined && !contentType.includes('.event.') && shape.Content !== undefined) {
    return 'message'
  }
  return shape.Type === undefined && contentType === '' ? 'nothing' : 'event'
}

function messageOf(shape: Shape): ServiceItem {
  const place = placeOf(shape)
  if (place === null) return { kind: 'incomplete' }
  const { MessageMetadata: metadata } = shape
  const sender = senderOf(shape)
  const isChunk = metadata?.MessageCompleted !== undefined && shape.ParticipantRole === 'SYSTEM'
  return {
    kind: 'message',
    ...place,
    sender: isChunk || isInteractive(shape.ContentType) ? asBot(sender) : sender,
    body: bodyOf(shape),
    isWhole: shape.Content !== undefined && shape.ContentType !== undefined,
    chunk: isChunk ? { number: metadata.ChunkNumber ?? 0, isLast: metadata.MessageCompleted === true } : null,
    receipts: receiptsOf(shape),
    undelivered: undeliveredBy(metadata?.MessageProcessingStatus),
    view: isInteractive(shape.ContentType) ? viewOf(shape.Content ?? '') : null,
  }
}

function attachmentOf(shape: Shape): ServiceItem {
  const place = placeOf(shape)
  if (place === null) return { kind: 'incomplete' }
  const files = (shape.Attachments ?? []).flatMap(fileOf)
  return { kind: 'attachment', ...place, sender: senderOf(shape), files }
}

function eventOf(shape: Shape): ServiceItem {
  const event = eventNameOf(shape.ContentType ?? '', shape.Type ?? '')
  const sender = shape.ParticipantRole === undefined ? null : senderOf(shape)
  const place = placeOf(shape)
  if (place === null) return { kind: 'signal', event, sender, ...contactsOf(shape) }
  const unknownType = event === 'unknown' ? cutTo(shape.ContentType ?? shape.Type ?? '', 200) : null
  const detail = event === 'renamed' ? (sender?.name ?? null) : unknownType
  return { kind: 'event', ...place, event, sender, detail }
}

function idOf({ Id: id = '' }: Shape): string | null {
  return id === '' ? null : id.slice(0, 256)
}

function placeOf(shape: Shape) {
  const at = Date.parse(shape.AbsoluteTime ?? '')
  const serviceId = idOf(shape)
  if (serviceId === null || Number.isNaN(at)) return null
  return {
    serviceId,
    at,
    ...contactsOf(shape),
    previousContactId: shape.ContactId === undefined ? (shape.RelatedContactId ?? null) : null,
  }
}

function contactsOf({ ContactId, InitialContactId }: Shape) {
  return { contactId: ContactId ?? null, chainId: InitialContactId ?? null }
}

const roles = new Map<string, ServiceSender['role']>([
  ['AGENT', 'agent'],
  ['CUSTOMER', 'customer'],
  ['CUSTOM_BOT', 'bot'],
  ['SUPERVISOR', 'supervisor'],
  ['SYSTEM', 'system'],
])

function senderOf(shape: Shape): ServiceSender {
  const name = cutTo(shape.DisplayName?.trim() ?? '', 256)
  const role = roles.get(shape.ParticipantRole ?? '') ?? 'system'
  const sender = { role, name: name === '' ? null : name, participantId: shape.ParticipantId ?? null }
  return role === 'system' && /\bbot\b/i.test(name) ? asBot(sender) : sender
}

function asBot(sender: ServiceSender): ServiceSender {
  return sender.role === 'system' ? { ...sender, role: 'bot' } : sender
}

function isInteractive(contentType: string | undefined): boolean {
  return contentType === 'application/vnd.amazonaws.connect.message.interactive'
}

function bodyOf(shape: Shape): MessageBody {
  const content = cutTo(shape.Content ?? '', longestContent)
  const contentType = shape.ContentType ?? 'text/plain'
  switch (contentType.split(';')[0]?.trim().toLowerCase()) {
    case 'text/plain': {
      const choice = shape.ParticipantRole === 'CUSTOMER' ? parseChoice(content) : null
      return choice ?? { kind: 'text', text: content }
    }
    case 'text/markdown':
      return { kind: 'markdown', text: content }
    case 'application/json':
      return { kind: 'json', text: content }
    case 'application/vnd.amazonaws.connect.message.interactive':
      return templateBody(contentType, content, parseTemplate(content))
    case 'application/vnd.amazonaws.connect.message.interactive.response':
      return parseResponse(content) ?? unknownBody(contentType, content)
    default:
      return unknownBody(contentType, content)
  }
}

function templateBody(
  contentType: string,
  content: string,
  template: ReturnType<typeof parseTemplate>,
): MessageBody {
  return template === null
    ? unknownBody(contentType, content)
    : { kind: 'template', template, source: content }
}

function unknownBody(contentType: string, content: string): MessageBody {
  return { kind: 'unknown', contentType: cutTo(contentType, 200), summary: content }
}

const statuses = new Map<string, AttachmentFile['status']>([
  ['APPROVED', 'approved'],
  ['REJECTED', 'rejected'],
])

function fileOf(raw: unknown): AttachmentFile[] {
  const file = FileShape.safeParse(raw)
  if (!file.success || file.data.AttachmentId === undefined || file.data.AttachmentId === '') return []
  return [
    {
      attachmentId: file.data.AttachmentId.slice(0, 256),
      name: shownName(cutTo(file.data.AttachmentName ?? 'file', 256)),
      contentType: (file.data.ContentType ?? 'application/octet-stream').slice(0, 255),
      status: statuses.get(file.data.Status ?? '') ?? 'in-progress',
      bytes: null,
    },
  ]
}

function receiptFrameOf(shape: Shape): ServiceItem {
  const { MessageId: messageId, MessageProcessingStatus: status } = shape.MessageMetadata ?? {}
  const why = undeliveredBy(status)
  return {
    kind: 'receipts',
    signId: idOf(shape),
    receipts: receiptsOf(shape),
    stopped: why === null || messageId === undefined ? null : { messageId, why },
  }
}

function receiptsOf(shape: Shape): Receipt[] {
  const messageId = shape.MessageMetadata?.MessageId ?? shape.Id
  if (messageId === undefined) return []
  return (shape.MessageMetadata?.Receipts ?? []).flatMap((raw) => {
    const receipt = ReceiptShape.safeParse(raw)
    if (!receipt.success) return []
    return [
      {
        messageId,
        recipientId: receipt.data.RecipientParticipantId ?? null,
        deliveredAt: timeOf(receipt.data.DeliveredTimestamp),
        readAt: timeOf(receipt.data.ReadTimestamp),
      },
    ]
  })
}

function timeOf(stamp: string | undefined): number | null {
  const at = Date.parse(stamp ?? '')
  return Number.isNaN(at) ? null : at
}
