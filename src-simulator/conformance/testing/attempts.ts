import { contentTypes } from '../../room/content-types.ts'
import type { ContactHandle } from '../../contact-handle.ts'
import type { Operation } from '../../service/operations.ts'
import type { Simulator } from '../../simulator.ts'
import type { Input, ParticipantClient } from './participant-client.ts'

export type Scene = Readonly<{
  simulator: Simulator
  contact: ContactHandle
  client: ParticipantClient
  /** The client offers an upload only as a whole, so its parts cannot be called one by one. */
  uploadsAtOnce: boolean
}>

type Preparations = { readonly [Name in Operation]: (scene: Scene) => Input<Name> | Promise<Input<Name>> }

/** Input that the service accepts, with all that has to be there before. */
export const preparations: Preparations = {
  CreateParticipantConnection: () => ({ Type: ['WEBSOCKET', 'CONNECTION_CREDENTIALS'] }),
  DisconnectParticipant: () => ({}),
  SendMessage: () => ({ ContentType: 'text/plain', Content: 'Good morning' }),
  SendEvent: () => ({ ContentType: contentTypes.typing }),
  GetTranscript: () => ({ MaxResults: 5 }),
  StartAttachmentUpload: () => ({ ...note, ClientToken: undefined }),
  CompleteAttachmentUpload: async (scene) => ({
    AttachmentIds: [scene.uploadsAtOnce ? 'any' : await uploadNote(scene)],
    ClientToken: undefined,
  }),
  GetAttachment: ({ contact }) => ({ AttachmentId: attachNote(contact) }),
  DescribeView: ({ contact }) => ({ ViewToken: contact.show(view).viewToken }),
  GetAuthenticationUrl: ({ contact }) => ({
    SessionId: startSignIn(contact),
    RedirectUri: 'https://shop.example/signed-in',
  }),
  CancelParticipantAuthentication: ({ contact }) => ({ SessionId: startSignIn(contact) }),
}

type Mistakes = { readonly [Name in Operation]?: Partial<Input<Name>> }

/** What makes the same input invalid. Where nothing is said, no caller of this client can get it wrong. */
export const mistakes: Mistakes = {
  CreateParticipantConnection: { Type: [] },
  DisconnectParticipant: { ClientToken: 'x'.repeat(501) },
  SendMessage: { Content: 'x'.repeat(1025) },
  SendEvent: receiptFor('no-such-message'),
  GetTranscript: { MaxResults: 101 },
  StartAttachmentUpload: { AttachmentName: 'setup.exe' },
  CompleteAttachmentUpload: { AttachmentIds: ['no-such-attachment'] },
  GetAttachment: { AttachmentId: 'no-such-attachment' },
  DescribeView: { ViewToken: 'x'.repeat(1001) },
  GetAuthenticationUrl: { SessionId: 'too-short' },
  CancelParticipantAuthentication: { SessionId: 'too-short' },
}

/** `disableThrottle` makes ChatJS send it at once; the service takes no notice. */
export function receiptFor(messageId: string): Input<'SendEvent'> {
  return { ContentType: contentTypes.read, Content: JSON.stringify({ messageId, disableThrottle: true }) }
}

export function attachNote(contact: ContactHandle): string {
  const file = { name: 'note.txt', contentType: 'text/plain', bytes: Buffer.from('A note') }
  return contact.attach(file).attachmentId
}

const note = { AttachmentName: 'note.txt', ContentType: 'text/plain', AttachmentSizeInBytes: 6 }

async function uploadNote({ client }: Scene): Promise<string> {
  const { AttachmentId = '', UploadMetadata } = await client.perform('StartAttachmentUpload', {
    ...note,
    ClientToken: undefined,
  })
  await fetch(UploadMetadata?.Url ?? '', {
    method: 'PUT',
    headers: UploadMetadata?.HeadersToInclude ?? {},
    body: 'A note',
  })
  return AttachmentId
}

const startSignIn = (contact: ContactHandle): string =>
  contact.event({ contentType: contentTypes.authenticationInitiated }).sessionId ?? ''

export const view = {
  Id: 'detail',
  Arn: 'arn:aws:connect:us-west-2:111122223333:instance/i/view/detail',
  Name: 'Detail',
  Version: 1,
  Content: { InputSchema: '{}', Template: '{"Head":{}}', Actions: ['Back'] },
}
