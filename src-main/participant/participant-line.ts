import type { Failure } from '#shared/failure.ts'
import type {
  Accepted,
  AttachmentLocation,
  AuthenticationRequest,
  Call,
  OutgoingFile,
  TranscriptQuery,
  UploadCompletion,
  UploadTicket,
  View,
  WireFile,
  WireMessage,
} from './participant-api.ts'
import type { Secret } from '../vault/secret.ts'
import type { ServiceItem } from './service-item.ts'

/**
 * One participant's way to the service: tokens, sockets and their renewal. It never decides to dial again after
 * trouble; the chat does. Every `dial` starts a new generation, and what an older one still answers is dropped.
 */
export interface ParticipantLine {
  dial(): void
  hangUp(): void
  /** Opens another socket beside the present one, which closes once the other is subscribed. */
  replaceSocket(): void
  /** Something depends on the socket right now: it has this long to show a sign of life. */
  probe(within: number): void
  /** Drops the tokens. Nothing can be dialled or called afterwards. */
  forget(): void
  readonly calls: LineCalls
  /** There is a connection token, which may still read when nothing can be dialled any more. */
  readonly hasToken: boolean
}

/** The tokens of one participant as they outlive the app. */
export interface KeptTokens {
  readonly participant: Secret
  /** The latest from before the app started, if any. It may still read when the participant token is refused. */
  readonly connection: Secret | null
  readonly keep: (connection: Secret) => void
}

/** The service without tokens. A refused connection token is renewed once before the refusal is believed. */
export interface LineCalls {
  disconnect(clientToken: string, call?: Call): Promise<void>
  sendMessage(message: WireMessage, call?: Call): Promise<Accepted>
  /** Given up at once when the instance is busy: a late typing sign is worth nothing. */
  sendTyping(call?: Call): Promise<Accepted>
  sendReceipt(receipt: OwnReceipt, call?: Call): Promise<Accepted>
  readTranscript(query: TranscriptQuery, call?: Call): Promise<ReadPage>
  startAttachmentUpload(file: WireFile, call?: Call): Promise<UploadTicket>
  storeFile(ticket: UploadTicket, file: OutgoingFile, call?: Call): Promise<void>
  completeAttachmentUpload(completion: UploadCompletion, call?: Call): Promise<void>
  getAttachment(attachmentId: string, call?: Call): Promise<AttachmentLocation>
  describeView(viewToken: string, call?: Call): Promise<View>
  getAuthenticationUrl(request: AuthenticationRequest, call?: Call): Promise<Secret>
  cancelAuthentication(sessionId: string, call?: Call): Promise<void>
}

export interface OwnReceipt {
  readonly kind: 'delivered' | 'read'
  readonly messageId: string
}

export interface ReadPage {
  readonly items: readonly ServiceItem[]
  readonly nextToken: string | null
  /** The service's time when it answered: the page misses nothing up to then. */
  readonly at: number | null
}

/** `host` is where it was to be, null when the service gave no address. */
export interface LostSocket {
  readonly host: string | null
}

export interface LineEvents {
  /** The participant token was taken, whatever becomes of the socket. */
  admitted(): void
  /** There is a fresh connection token: calls work, whatever becomes of the socket. */
  callable(): void
  /** A new socket is subscribed, after a dial or a planned rotation. What was missed before it has to be read. */
  up(): void
  item(item: ServiceItem): void
  /** The socket carried something nobody can read. */
  unreadable(): void
  /** The dial failed, or, where a socket is named, the service was reached and only its socket is not to be had. */
  down(failure: Failure, socket?: LostSocket): void
  /** The participant token itself was refused with 403. */
  refused(failure: Failure): void
  /** The chain of contacts our token is for; items of any other on the same socket are not ours. */
  chain(chainId: string): void
  /** Another chat of the instance has got through. */
  reachable(): void
  /** The service told its time. */
  serviceTime(at: number): void
}

/** `isActive`: the chat is on screen, so its calls come before those of others. */
export type OpenLine = (events: LineEvents, isActive: () => boolean) => ParticipantLine
