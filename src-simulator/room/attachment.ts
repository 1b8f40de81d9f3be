import type { AttachmentStatus, Author } from './transcript-item.ts'

/** One file of a conversation, from the promise of an upload to the verdict. */
export type Attachment = {
  readonly id: string
  readonly name: string
  readonly contentType: string
  readonly size: number
  readonly ownerId: string
  /** The key of the object in the pretend storage: the first contact of the chain, then the file. */
  readonly key: string
  readonly headersToInclude: Readonly<Record<string, string>>
  status: 'AWAITED' | AttachmentStatus
  bytes: Buffer | undefined
  puts: number
  completes: number
  /** The ClientToken under which the upload was completed. */
  completedUnder: string | undefined
  author: Author
  /** The item that shows it. */
  itemId: string
  isShown: boolean
}

type Promised = Pick<
  Attachment,
  'id' | 'name' | 'contentType' | 'size' | 'ownerId' | 'key' | 'headersToInclude'
>

/** An upload that was announced and has not arrived. */
export const awaited = (promised: Promised): Attachment => ({
  ...promised,
  status: 'AWAITED',
  bytes: undefined,
  puts: 0,
  completes: 0,
  completedUnder: undefined,
  author: {},
  itemId: '',
  isShown: false,
})
