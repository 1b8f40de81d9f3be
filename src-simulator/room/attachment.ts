import type { AttachmentStatus } from './transcript-item.ts'

/** One file of a conversation, from the promise of an upload to the verdict. */
export type Attachment = {
  readonly id: string
  readonly name: string
  readonly contentType: string
  readonly size: number
  readonly ownerId: string
  /** The key of the object in the pretend storage. */
  readonly key: string
  readonly headersToInclude: Readonly<Record<string, string>>
  status: 'AWAITED' | AttachmentStatus
  bytes: Buffer | undefined
  puts: number
  completes: number
  completedUnder: string | undefined
}
