import type { TranscriptItem } from '../../room/transcript-item.ts'

/** The callbacks that carry an item. */
export const topics = [
  'onMessage',
  'onTyping',
  'onReadReceipt',
  'onDeliveredReceipt',
  'onParticipantIdle',
  'onParticipantReturned',
  'onParticipantInvited',
  'onAutoDisconnection',
  'onAuthenticationInitiated',
  'onAuthenticationSuccessful',
  'onAuthenticationFailed',
  'onAuthenticationTimeout',
  'onAuthenticationExpired',
  'onAuthenticationCanceled',
  'onParticipantDisplayNameUpdated',
  'onChatRehydrated',
] as const

/** The callbacks about the connection. */
export const signals = [
  'onEnded',
  'onConnectionEstablished',
  'onConnectionLost',
  'onConnectionBroken',
  'onDeepHeartbeatSuccess',
  'onDeepHeartbeatFailure',
] as const

export type Topic = (typeof topics)[number]
export type Signal = (typeof signals)[number]

type Outcome<Data> = Promise<{ data: Data }>
type Subscriber<Event> = (told: (event: Event) => void) => void

/** The part of a ChatJS session that is used here. The library's own declarations leave half of it out. */
export interface ChatJsSession
  extends
    Readonly<Record<Topic, Subscriber<{ data: TranscriptItem }>>>,
    Readonly<Record<Signal, Subscriber<unknown>>> {
  connect(): Promise<{ connectSuccess: boolean } | undefined>
  disconnectParticipant?(): Outcome<object>
  sendMessage(args: { message: string; contentType: string; clientToken?: string }): Outcome<object>
  sendEvent(args: { contentType: string; content?: string; clientToken?: string }): Outcome<object>
  getTranscript(args: object): Outcome<object>
  sendAttachment(args: { attachment: File }): Outcome<object>
  downloadAttachment(args: { attachmentId: string }): Promise<Blob>
  getAttachmentURL(args: { attachmentId: string }): Promise<string>
  describeView(args: { viewToken: string }): Outcome<object>
  getAuthenticationUrl(args: { redirectUri: string; sessionId: string }): Outcome<object>
  cancelParticipantAuthentication(args: { sessionId: string }): Outcome<object>
}

type Subscribe = (told: (event: unknown) => void) => () => void

/** The websocket manager that ChatJS and Streams share. */
export interface WebSocketManager {
  readonly init: (fetchTransport: () => Promise<object>) => Promise<object>
  subscribeTopics(topics: readonly string[]): void
  onMessage(topic: string, told: (frame: unknown) => void): () => void
  onAllMessage: Subscribe
  onConnectionGain: Subscribe
  onConnectionLost: Subscribe
  onConnectionOpen: Subscribe
  onConnectionClose: Subscribe
  onInitFailure: Subscribe
  onSubscriptionUpdate: Subscribe
  onSubscriptionFailure: Subscribe
  readonly closeWebSocket: () => void
  readonly terminateWebSocketManager: (reason: unknown) => void
}

/** The global that the library leaves in a page. */
export interface ConnectNamespace {
  readonly ChatSession: {
    create(args: object): ChatJsSession
    setGlobalConfig(config: object): void
  }
  readonly WebSocketManager: { create(): WebSocketManager }
}
