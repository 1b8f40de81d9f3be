export type ParticipantRole = 'AGENT' | 'CUSTOMER' | 'SYSTEM' | 'CUSTOM_BOT' | 'SUPERVISOR'

export type AttachmentStatus = 'IN_PROGRESS' | 'APPROVED' | 'REJECTED'

export type AttachmentEntry = Readonly<{
  AttachmentId: string
  AttachmentName: string
  ContentType: string
  Status: AttachmentStatus
}>

export type Receipt = Readonly<{
  DeliveredTimestamp?: string
  ReadTimestamp?: string
  RecipientParticipantId: string
}>

export type MessageMetadata = Readonly<{
  MessageId?: string
  Receipts?: readonly Receipt[]
  MessageProcessingStatus?: 'PROCESSING' | 'FAILED' | 'REJECTED'
  MessageCompleted?: boolean
  ChunkNumber?: number
}>

/** One entry of a conversation, in the service's own shape. */
export type TranscriptItem = Readonly<{
  Id: string
  AbsoluteTime: string
  Type: 'MESSAGE' | 'EVENT' | 'ATTACHMENT' | 'MESSAGEMETADATA'
  ContentType?: string
  Content?: string
  ParticipantId?: string
  DisplayName?: string
  ParticipantRole?: ParticipantRole
  /** In frames only: the first contact of the chain. */
  InitialContactId?: string
  ContactId?: string
  RelatedContactId?: string
  Attachments?: readonly AttachmentEntry[]
  MessageMetadata?: MessageMetadata
}>

/** An item before the room has given it an identity and a time. */
export type Draft = Readonly<Omit<TranscriptItem, 'Id' | 'AbsoluteTime' | 'ContactId'>> & {
  readonly Id?: string
}

export type Author = Readonly<Pick<TranscriptItem, 'ParticipantId' | 'DisplayName' | 'ParticipantRole'>>
