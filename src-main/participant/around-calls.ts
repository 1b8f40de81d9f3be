import type { Call, ParticipantApi } from './participant-api.ts'
import type { Operation } from './rate-scheduler.ts'

/** One call on its way to the wire. */
export interface CallAbout {
  /** The service's name of it; `StoreFile` is the one that goes to the storage. */
  readonly name: string
  readonly operation: Operation
  /** Asks without changing anything, so that asking again does no harm. */
  readonly isReading: boolean
  readonly signal: AbortSignal | undefined
}

export type Around = <T>(about: CallAbout, run: () => Promise<T>) => Promise<T>

/** The same service with something before and after every call. */
export function aroundCalls(api: ParticipantApi, around: Around): ParticipantApi {
  const act = (name: string, operation: Operation, call: Call | undefined): CallAbout => ({
    name,
    operation,
    isReading: false,
    signal: call?.signal,
  })
  const read = (name: string, operation: Operation, call: Call | undefined): CallAbout => ({
    ...act(name, operation, call),
    isReading: true,
  })
  return {
    createConnection: (token, wanted, call) =>
      around(act('CreateParticipantConnection', 'connection', call), () =>
        api.createConnection(token, wanted, call),
      ),
    disconnect: (token, clientToken, call) =>
      around(act('DisconnectParticipant', 'disconnect', call), () =>
        api.disconnect(token, clientToken, call),
      ),
    sendMessage: (token, message, call) =>
      around(act('SendMessage', 'message', call), () => api.sendMessage(token, message, call)),
    sendEvent: (token, event, call) =>
      around(act('SendEvent', 'event', call), () => api.sendEvent(token, event, call)),
    getTranscript: (token, query, call) =>
      around(read('GetTranscript', 'transcript', call), () => api.getTranscript(token, query, call)),
    startAttachmentUpload: (token, file, call) =>
      around(act('StartAttachmentUpload', 'upload-start', call), () =>
        api.startAttachmentUpload(token, file, call),
      ),
    storeFile: (ticket, file, call) =>
      around(act('StoreFile', 'other', call), () => api.storeFile(ticket, file, call)),
    completeAttachmentUpload: (token, completion, call) =>
      around(act('CompleteAttachmentUpload', 'upload-complete', call), () =>
        api.completeAttachmentUpload(token, completion, call),
      ),
    getAttachment: (token, attachmentId, call) =>
      around(read('GetAttachment', 'attachment', call), () => api.getAttachment(token, attachmentId, call)),
    describeView: (token, viewToken, call) =>
      around(read('DescribeView', 'other', call), () => api.describeView(token, viewToken, call)),
    getAuthenticationUrl: (token, request, call) =>
      around(read('GetAuthenticationUrl', 'other', call), () =>
        api.getAuthenticationUrl(token, request, call),
      ),
    cancelAuthentication: (token, sessionId, call) =>
      around(act('CancelParticipantAuthentication', 'other', call), () =>
        api.cancelAuthentication(token, sessionId, call),
      ),
    dropIdleConnections: () => api.dropIdleConnections(),
  }
}
