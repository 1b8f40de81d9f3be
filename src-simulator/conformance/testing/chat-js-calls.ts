import type { Operation } from '../../service/operations.ts'
import type { ChatJsSession } from './chat-js-session.ts'
import type { Input } from './participant-client.ts'

type Calls = {
  readonly [Name in Operation]: (session: ChatJsSession, input: Input<Name>) => Promise<object | undefined>
}

/**
 * The operations as a user of ChatJS reaches them. An upload is one call there, so both of its operations mean the
 * whole of it, and so does the connection mean connecting.
 */
const calls: Calls = {
  CreateParticipantConnection: (session) => session.connect(),
  DisconnectParticipant: (session) =>
    session.disconnectParticipant?.() ?? Promise.reject(new Error('An agent session cannot disconnect')),
  SendMessage: (session, { Content, ContentType, ClientToken }) =>
    dataOf(
      session.sendMessage({
        message: Content ?? '',
        contentType: ContentType ?? '',
        ...(ClientToken !== undefined && { clientToken: ClientToken }),
      }),
    ),
  SendEvent: (session, { Content, ContentType, ClientToken }) =>
    dataOf(
      session.sendEvent({
        contentType: ContentType ?? '',
        ...(Content !== undefined && { content: Content }),
        ...(ClientToken !== undefined && { clientToken: ClientToken }),
      }),
    ),
  GetTranscript: (session, { StartPosition, ...input }) =>
    dataOf(
      session.getTranscript({
        contactId: input.ContactId,
        maxResults: input.MaxResults,
        nextToken: input.NextToken,
        scanDirection: input.ScanDirection,
        sortOrder: input.SortOrder,
        ...(StartPosition && {
          startPosition: {
            id: StartPosition.Id,
            absoluteTime: StartPosition.AbsoluteTime,
            mostRecent: StartPosition.MostRecent,
          },
        }),
      }),
    ),
  StartAttachmentUpload: (session, { AttachmentName, AttachmentSizeInBytes, ContentType }) => {
    const bytes = new Uint8Array(AttachmentSizeInBytes ?? 0)
    return session.sendAttachment({
      attachment: new File([bytes], AttachmentName ?? '', { type: ContentType ?? '' }),
    })
  },
  CompleteAttachmentUpload: (session) =>
    session.sendAttachment({ attachment: new File(['text'], 'note.txt', { type: 'text/plain' }) }),
  GetAttachment: async (session, { AttachmentId }) => ({
    Url: await session.getAttachmentURL({ attachmentId: AttachmentId ?? '' }),
  }),
  DescribeView: (session, { ViewToken }) => dataOf(session.describeView({ viewToken: ViewToken ?? '' })),
  GetAuthenticationUrl: (session, { RedirectUri, SessionId }) =>
    dataOf(session.getAuthenticationUrl({ redirectUri: RedirectUri ?? '', sessionId: SessionId ?? '' })),
  CancelParticipantAuthentication: (session, { SessionId }) =>
    dataOf(session.cancelParticipantAuthentication({ sessionId: SessionId ?? '' })),
}

export const chatJsCalls: Readonly<
  Record<Operation, (session: ChatJsSession, input: never) => Promise<object | undefined>>
> = calls

const dataOf = async (outcome: Promise<{ data: object }>): Promise<object> => (await outcome).data
