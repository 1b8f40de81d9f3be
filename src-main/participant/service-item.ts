import type { AttachmentFile, EventName, MessageBody, Sender } from '#shared/entry.ts'

/** Whether it is our own voice is known to the chat, not to the wire. */
export type ServiceSender = Omit<Sender, 'own'>

/** A place in the conversation, given by the service. `at` is its clock. */
interface Placed {
  readonly serviceId: string
  readonly at: number
  readonly contactId: string | null
  /** The first contact of the chain: the same for all of one conversation, transfers included. */
  readonly chainId: string | null
  /** Set on what an earlier, persistent conversation left behind. */
  readonly previousContactId: string | null
}

export interface Receipt {
  readonly messageId: string
  readonly recipientId: string | null
  readonly deliveredAt: number | null
  readonly readAt: number | null
}

/** `broken`: the processing itself failed. */
export type Undelivered = 'rejected' | 'broken'

/** What a message that shows a guide says of it. The token never reaches the page nor the disk. */
export interface ShownView {
  readonly token: string
  /** Fills the places of the guide's template. */
  readonly data: unknown
}

export interface ServiceMessage extends Placed {
  readonly kind: 'message'
  readonly sender: ServiceSender
  readonly body: MessageBody
  /** False when the service left out what was said; a reread of the transcript may know. */
  readonly isWhole: boolean
  /** One piece of a bot's growing message; the last carries the full text. */
  readonly chunk: { readonly number: number; readonly isLast: boolean } | null
  readonly receipts: readonly Receipt[]
  /** The contact centre's message processing stopped it. */
  readonly undelivered: Undelivered | null
  readonly view: ShownView | null
}

export interface ServiceAttachment extends Placed {
  readonly kind: 'attachment'
  readonly sender: ServiceSender
  readonly files: readonly AttachmentFile[]
}

export interface ServiceEvent extends Placed {
  readonly kind: 'event'
  readonly event: EventName
  readonly sender: ServiceSender | null
  readonly detail: string | null
}

/** What takes a place in the conversation. */
export type PlacedItem = ServiceMessage | ServiceAttachment | ServiceEvent

export type ServiceItem =
  | PlacedItem
  | {
      readonly kind: 'typing'
      /** The sign's own, which no entry of the conversation has. */
      readonly signId: string | null
      readonly sender: ServiceSender
      readonly contactId: string | null
      readonly chainId: string | null
    }
  | {
      readonly kind: 'receipts'
      readonly signId: string | null
      readonly receipts: readonly Receipt[]
      /** The message that the contact centre's processing stopped, if this tells of one. */
      readonly stopped: { readonly messageId: string; readonly why: Undelivered } | null
    }
  /** An event without an id or a time: it happened, but has no place. */
  | {
      readonly kind: 'signal'
      readonly event: EventName
      readonly sender: ServiceSender | null
      readonly contactId: string | null
      readonly chainId: string | null
    }
  /** Something was said that cannot be placed; the transcript knows more. */
  | { readonly kind: 'incomplete' }

export function isPlaced(item: ServiceItem): item is PlacedItem {
  return item.kind === 'message' || item.kind === 'attachment' || item.kind === 'event'
}
