import type * as Sdk from '@aws-sdk/client-connectparticipant'
import type { ContactHandle } from '../../contact-handle.ts'
import type { TranscriptItem } from '../../room/transcript-item.ts'
import type { Operation } from '../../service/operations.ts'
import type { Simulator } from '../../simulator.ts'

type Shapes = {
  CreateParticipantConnection: [
    Sdk.CreateParticipantConnectionRequest,
    Sdk.CreateParticipantConnectionResponse,
  ]
  DisconnectParticipant: [Sdk.DisconnectParticipantRequest, Sdk.DisconnectParticipantResponse]
  SendMessage: [Sdk.SendMessageRequest, Sdk.SendMessageResponse]
  SendEvent: [Sdk.SendEventRequest, Sdk.SendEventResponse]
  GetTranscript: [Sdk.GetTranscriptRequest, Sdk.GetTranscriptResponse]
  StartAttachmentUpload: [Sdk.StartAttachmentUploadRequest, Sdk.StartAttachmentUploadResponse]
  CompleteAttachmentUpload: [Sdk.CompleteAttachmentUploadRequest, Sdk.CompleteAttachmentUploadResponse]
  GetAttachment: [Sdk.GetAttachmentRequest, Sdk.GetAttachmentResponse]
  DescribeView: [Sdk.DescribeViewRequest, Sdk.DescribeViewResponse]
  GetAuthenticationUrl: [Sdk.GetAuthenticationUrlRequest, Sdk.GetAuthenticationUrlResponse]
  CancelParticipantAuthentication: [
    Sdk.CancelParticipantAuthenticationRequest,
    Sdk.CancelParticipantAuthenticationResponse,
  ]
}

/** What a caller says; the client adds the token. */
export type Input<Name extends Operation> = Omit<Shapes[Name][0], 'ConnectionToken' | 'ParticipantToken'>
export type Output<Name extends Operation> = Shapes[Name][1]

/** How a call ended for the caller: the client's own name for the trouble, and the HTTP status it saw. */
export type Trouble = Readonly<{ name: string; status: number | undefined; message: string }>

export type FileToSend = Readonly<{ name: string; type: string; bytes: Uint8Array }>

/** One person's chat, driven through a client that Amazon wrote. */
export interface ParticipantClient {
  /** What the client handed to its caller from the websocket, in that order. */
  readonly items: readonly TranscriptItem[]
  /** Connects for good: token, socket, subscription. */
  connect(): Promise<void>
  /** Calls one operation in the client's own way. Rejects with the client's own error. */
  perform<Name extends Operation>(operation: Name, input: Input<Name>): Promise<Output<Name>>
  /** All three steps of an upload. */
  attach(file: FileToSend): Promise<void>
  download(attachmentId: string): Promise<Uint8Array>
  troubleOf(error: unknown): Trouble
  /** Settles once `isSo`; looks again whenever something arrives. */
  until(isSo: () => boolean): Promise<void>
  close(): void
}

export type Person = Readonly<{ simulator: Simulator; contact: ContactHandle; role: 'AGENT' | 'CUSTOMER' }>

/** One of Amazon's clients. */
export type ClientKind = Readonly<{
  name: string
  /** The operations it has no method for. */
  lacks: ReadonlySet<Operation>
  open(person: Person): ParticipantClient
  /** The same person's client, which gives up a call after so long. Undefined where a client has no such limit. */
  impatient: ((client: ParticipantClient, timeoutMs: number) => ParticipantClient) | undefined
}>

export const credentialsOf = ({
  contact,
  role,
}: Person): { participantId: string; participantToken: string } =>
  role === 'AGENT' ? contact.agent : contact.customer
