import type { Secret } from '../vault/secret.ts'

/**
 * The Amazon Connect Participant Service as one port. Every method rejects with `DeskError` only, carrying the
 * HTTP status in `failure.status` when there was an answer. Times are epoch milliseconds of the service's clock.
 * The participant token goes to `createConnection`; every other call takes the connection token it returned.
 */
export interface ParticipantApi {
  createConnection(
    participantToken: Secret,
    wanted: WantedConnection,
    call?: Call,
  ): Promise<ConnectionDetails>
  disconnect(token: Secret, clientToken: string, call?: Call): Promise<void>
  sendMessage(token: Secret, message: WireMessage, call?: Call): Promise<Accepted>
  sendEvent(token: Secret, event: WireEvent, call?: Call): Promise<Accepted>
  getTranscript(token: Secret, query: TranscriptQuery, call?: Call): Promise<TranscriptPage>
  startAttachmentUpload(token: Secret, file: WireFile, call?: Call): Promise<UploadTicket>
  /** Puts the bytes where the ticket says. Not the service but its storage: no token goes there. */
  storeFile(ticket: UploadTicket, file: OutgoingFile, call?: Call): Promise<void>
  completeAttachmentUpload(token: Secret, completion: UploadCompletion, call?: Call): Promise<void>
  getAttachment(token: Secret, attachmentId: string, call?: Call): Promise<AttachmentLocation>
  describeView(token: Secret, viewToken: string, call?: Call): Promise<View>
  getAuthenticationUrl(token: Secret, request: AuthenticationRequest, call?: Call): Promise<Secret>
  cancelAuthentication(token: Secret, sessionId: string, call?: Call): Promise<void>
  /** Idle network connections may be dead without saying so, as after sleep: the next calls open new ones. */
  dropIdleConnections(): void
}

export interface Call {
  readonly signal?: AbortSignal
  /** Told each time the request is about to go out, its turn having come. What it throws stops it. */
  readonly leaving?: () => void
}

export interface WantedConnection {
  /** Empty: a pure acknowledgement, whose answer is empty too. */
  readonly types: readonly ('WEBSOCKET' | 'CONNECTION_CREDENTIALS')[]
  readonly connectParticipant: boolean
}

/**
 * Lifetimes are counted from the answer by the service's own `Date`, so a wrong clock here does not matter; null when
 * the service gave none that makes sense.
 */
export interface ConnectionDetails {
  readonly socket: { readonly url: Secret; readonly lifetime: number | null } | null
  readonly credentials: { readonly token: Secret; readonly lifetime: number | null } | null
  /** The service's time when it answered, null when it did not say. */
  readonly at: number | null
}

export interface WireMessage {
  readonly contentType: string
  readonly content: string
  readonly clientToken: string
}

export interface WireEvent {
  readonly contentType: string
  readonly content?: string
  readonly clientToken: string
}

export interface Accepted {
  readonly serviceId: string
  readonly at: number
  /** The service took it, and says at once that it will not reach the customer. */
  readonly undelivered?: 'rejected' | 'broken'
}

export type TranscriptStart =
  { readonly id: string } | { readonly time: number } | { readonly mostRecent: number }

export interface TranscriptQuery {
  readonly direction: 'FORWARD' | 'BACKWARD'
  readonly order: 'ASCENDING' | 'DESCENDING'
  readonly maxResults: number
  readonly start?: TranscriptStart
  readonly nextToken?: string
  readonly contactId?: string
}

/** `items` are as the service sent them and are parsed by `parse-item.ts`, like the content of a socket frame. */
export interface TranscriptPage {
  readonly initialContactId: string | null
  readonly items: readonly unknown[]
  /** Null at the end; the service says so by leaving it out or by an empty string. */
  readonly nextToken: string | null
  /** The service's time when it answered, null when it did not say: the page misses nothing up to then. */
  readonly at: number | null
}

export interface WireFile {
  readonly name: string
  readonly contentType: string
  readonly bytes: number
  readonly clientToken: string
}

/** Read as a stream, so that a large file never lies in memory. */
export interface OutgoingFile {
  readonly bytes: number
  /** A piece is good until the next one is asked for. */
  readonly read: () => AsyncIterable<Uint8Array>
  readonly progressed: (sentBytes: number) => void
}

export interface UploadTicket {
  readonly attachmentId: string
  readonly url: Secret
  readonly lifetime: number | null
  readonly headers: Readonly<Record<string, string>>
}

export interface UploadCompletion {
  readonly attachmentId: string
  readonly clientToken: string
}

export interface AttachmentLocation {
  readonly url: Secret
  readonly lifetime: number | null
  readonly bytes: number
}

export interface View {
  readonly name: string
  readonly inputSchema: string
  readonly template: string
  readonly actions: readonly string[]
}

export interface AuthenticationRequest {
  readonly sessionId: string
  readonly redirectUrl: string
}
