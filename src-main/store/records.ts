import { failureCodes } from '#shared/failure.ts'
import { z } from 'zod'
import { ChatId } from '#shared/model.ts'
import type { JournaledUpload, OutboxMessage, StoredChat } from './conversation-store.ts'

// What a record must look like to be believed. Entries are checked by the schema they are shown with.

const InstanceRecord = z
  .object({ label: z.string(), tag: z.string(), region: z.string(), endpoint: z.string().nullable() })
  .readonly()

/** A field that an earlier version wrote and this one has no use for is left out. */
export const ChatRecord = z.object({
  chatId: ChatId,
  contactId: z.string().nullable(),
  customer: z.string(),
  label: z.string().default(''),
  hue: z.number(),
  instanceId: z.string(),
  instance: InstanceRecord.nullable().default(null),
  queue: z.string().nullable(),
  attributes: z.array(z.strictObject({ name: z.string(), value: z.string() })).readonly(),
  startedAt: z.number(),
  firstReplyAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  endReason: z.string().nullable(),
  completeUpTo: z.number().nullable(),
  lastServiceId: z.string().nullable(),
  unread: z.number(),
}) satisfies z.ZodType<Omit<StoredChat, 'draft'>>
export type ChatRecord = z.infer<typeof ChatRecord>

export const DraftRecord = z.strictObject({ chatId: ChatId, text: z.string() })
export type DraftRecord = z.infer<typeof DraftRecord>

const OutboxState = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('queued') }),
  // Earlier versions wrote down when as well.
  z.object({ state: z.literal('sending') }),
  z.strictObject({ state: z.literal('failed'), code: z.string(), reason: z.string() }),
])

export const OutboxRecord = z.strictObject({
  chatId: ChatId,
  entryId: z.string(),
  clientToken: z.string(),
  contentType: z.string(),
  content: z.string(),
  queuedAt: z.number(),
  seq: z.number(),
  state: OutboxState,
}) satisfies z.ZodType<OutboxMessage>

export const UploadRecord = z.strictObject({
  uploadId: z.string(),
  chatId: ChatId,
  path: z.string(),
  name: z.string(),
  contentType: z.string(),
  bytes: z.number(),
  modifiedAt: z.number(),
  identity: z.string().optional(),
  phase: z.enum(['staged', 'waiting', 'sending', 'completing', 'failed']),
  failure: z
    .strictObject({ code: z.enum(failureCodes), reason: z.string(), canRetry: z.boolean() })
    .optional(),
  attachmentId: z.string().nullable(),
  clientToken: z.string(),
}) satisfies z.ZodType<JournaledUpload>

/** Null when the text is not JSON or not of that shape: such a record was never written by this version. */
export function parseRecord<T>(schema: z.ZodType<T>, record: string): T | null {
  try {
    return schema.parse(JSON.parse(record))
  } catch {
    return null
  }
}
