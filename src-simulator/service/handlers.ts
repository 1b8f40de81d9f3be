import type { Grant } from '../room/directory.ts'
import type { World } from '../world.ts'
import { completeUpload, getAttachment, startUpload } from './attachment-routes.ts'
import { cancelAuthentication, getAuthenticationUrl } from './authentication-routes.ts'
import { createConnection, disconnect } from './connection-routes.ts'
import { getTranscript, sendEvent, sendMessage } from './message-routes.ts'
import type { Operation } from './operations.ts'
import { describeView } from './view-routes.ts'

export type Call = Readonly<{ world: World; grant: Grant; body: unknown }>

/** Answers one authorised call; throws ServiceError to refuse it. */
export type Handler = (call: Call) => object

export const handlers: Readonly<Record<Operation, Handler>> = {
  CreateParticipantConnection: createConnection,
  DisconnectParticipant: disconnect,
  SendMessage: sendMessage,
  SendEvent: sendEvent,
  GetTranscript: getTranscript,
  StartAttachmentUpload: startUpload,
  CompleteAttachmentUpload: completeUpload,
  GetAttachment: getAttachment,
  DescribeView: describeView,
  GetAuthenticationUrl: getAuthenticationUrl,
  CancelParticipantAuthentication: cancelAuthentication,
}
