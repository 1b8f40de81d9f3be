import { z } from 'zod'
import { failureCodes } from './failure.ts'
import { Template } from './template.ts'
import { Time } from './link.ts'

export const Sender = z.strictObject({
  role: z.enum(['agent', 'customer', 'bot', 'supervisor', 'system']),
  own: z.boolean(),
  /** As the service gave it; may be an opaque id for agents, null when it sent none. */
  name: z.string().nullable(),
  participantId: z.string().nullable(),
})
export type Sender = z.infer<typeof Sender>

/** Never moves backwards; `failed` is left only by a retry. Times are the service's. */
export const Delivery = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('queued') }),
  /** `trouble` is why it takes longer than a try or two. */
  z.strictObject({ state: z.literal('sending'), trouble: z.enum(failureCodes).optional() }),
  z.strictObject({ state: z.literal('sent'), at: Time }),
  /** The service took it, and its contact centre's message processing did not let it through. */
  z.strictObject({ state: z.literal('undelivered'), at: Time, why: z.enum(['rejected', 'broken']) }),
  z.strictObject({ state: z.literal('delivered'), at: Time }),
  z.strictObject({ state: z.literal('read'), at: Time }),
  z.strictObject({ state: z.literal('failed'), code: z.enum(failureCodes), reason: z.string() }),
])
export type Delivery = z.infer<typeof Delivery>

export const MessageBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  z.strictObject({ kind: z.literal('markdown'), text: z.string() }),
  z.strictObject({ kind: z.literal('json'), text: z.string() }),
  z.strictObject({
    kind: z.literal('template'),
    template: Template,
    /** The message as the service sent it. Conversations kept by earlier versions have none. */
    source: z.string().optional(),
  }),
  /** `summary` is all of it; earlier versions kept its first 280 characters. */
  z.strictObject({ kind: z.literal('unknown'), contentType: z.string(), summary: z.string() }),
])
export type MessageBody = z.infer<typeof MessageBody>

export const AttachmentFile = z.strictObject({
  attachmentId: z.string(),
  name: z.string(),
  contentType: z.string(),
  status: z.enum(['in-progress', 'approved', 'rejected']),
  /** Known only once the file was fetched or was sent from here. */
  bytes: z.number().nullable(),
})
export type AttachmentFile = z.infer<typeof AttachmentFile>

export const eventNames = [
  'joined',
  'left',
  'invited',
  'active',
  'inactive',
  'idle',
  'returned',
  'auto-disconnected',
  'transferred',
  'transfer-failed',
  'ended',
  'rehydrated',
  'renamed',
  'authentication-started',
  'authentication-succeeded',
  'authentication-failed',
  'authentication-timed-out',
  'authentication-expired',
  'authentication-cancelled',
  'workflow-cancelled',
  'unknown',
] as const
export type EventName = (typeof eventNames)[number]

/** `id` is ours and never changes; `serviceId` arrives later for own messages. `seq` is the order of arrival here. */
const common = {
  id: z.string(),
  serviceId: z.string().nullable(),
  at: Time,
  seq: z.number(),
  /** The contact of an earlier, persistent conversation this came from. */
  previousContactId: z.string().nullable(),
}

export const MessageEntry = z.strictObject({
  ...common,
  kind: z.literal('message'),
  sender: Sender,
  body: MessageBody,
  /** Of own messages, and of those of others that were not delivered. */
  delivery: Delivery.nullable(),
  /** A bot's message that is still growing. */
  streaming: z.boolean(),
  /** The service changed the words of this own message; they are the ones that are shown. */
  rewritten: z.boolean().optional(),
})
export type MessageEntry = z.infer<typeof MessageEntry>

export const AttachmentEntry = z.strictObject({
  ...common,
  kind: z.literal('attachment'),
  sender: Sender,
  files: z.array(AttachmentFile).readonly(),
})
export type AttachmentEntry = z.infer<typeof AttachmentEntry>

export const EventEntry = z.strictObject({
  ...common,
  kind: z.literal('event'),
  event: z.enum(eventNames),
  sender: Sender.nullable(),
  /** The new display name, or the content type of an unknown event. */
  detail: z.string().nullable(),
})
export type EventEntry = z.infer<typeof EventEntry>

/** "3 messages arrived while you were offline": sits before the first of them. */
export const GapEntry = z.strictObject({
  ...common,
  kind: z.literal('gap'),
  count: z.int().positive(),
  from: Time,
  to: Time,
})
export type GapEntry = z.infer<typeof GapEntry>

export const Entry = z.discriminatedUnion('kind', [MessageEntry, AttachmentEntry, EventEntry, GapEntry])
export type Entry = z.infer<typeof Entry>

export { compareEntries, isPending } from './entry-order.ts'
