import type { Secret } from '../vault/secret.ts'
import { deliveredType, readType, typingType } from './content-types.ts'
import { parseItem } from './parse-item.ts'
import type { ParticipantApi, TranscriptPage } from './participant-api.ts'
import type { LineCalls, ReadPage } from './participant-line.ts'
import { isRefusal, ServiceError } from './service-error.ts'

export interface LineCallPorts {
  readonly api: ParticipantApi
  readonly newId: () => string
  readonly token: () => Secret | null
  /** A token other than the one that was refused. */
  readonly renew: (refused: Secret) => Promise<Secret>
  readonly serviceTime: (at: number) => void
  readonly chain: (chainId: string) => void
}

type Attempt<T> = (token: Secret) => Promise<T>

/** The calls of a connected participant. A 403 renews the token and tries once more; a second one is final. */
export function createLineCalls(ports: LineCallPorts): LineCalls {
  const { api, newId } = ports
  const run = <T>(call: Attempt<T>) => attempt(ports, call, ports.renew)
  const deliver = <T>(call: Attempt<T>) => attempt(ports, call, (refused) => renewToDeliver(ports, refused))

  function read(page: TranscriptPage): ReadPage {
    if (page.at !== null) ports.serviceTime(page.at)
    if (page.initialContactId !== null) ports.chain(page.initialContactId)
    return {
      items: page.items.map(parseItem).filter((item) => item !== null),
      nextToken: page.nextToken,
      at: page.at,
    }
  }

  return {
    disconnect: (clientToken, call) => run((token) => api.disconnect(token, clientToken, call)),
    sendMessage: (message, call) => deliver((token) => api.sendMessage(token, message, call)),
    sendTyping: (call) => {
      const event = { contentType: typingType, clientToken: newId() }
      return run((token) => api.sendEvent(token, event, call))
    },
    sendReceipt: ({ kind, messageId }, call) => {
      const contentType = kind === 'read' ? readType : deliveredType
      const event = { contentType, content: JSON.stringify({ messageId }), clientToken: newId() }
      return run((token) => api.sendEvent(token, event, call))
    },
    readTranscript: async (query, call) => read(await run((token) => api.getTranscript(token, query, call))),
    startAttachmentUpload: (file, call) => deliver((token) => api.startAttachmentUpload(token, file, call)),
    storeFile: (ticket, file, call) => api.storeFile(ticket, file, call),
    completeAttachmentUpload: (completion, call) =>
      deliver((token) => api.completeAttachmentUpload(token, completion, call)),
    getAttachment: (attachmentId, call) => run((token) => api.getAttachment(token, attachmentId, call)),
    describeView: (viewToken, call) => run((token) => api.describeView(token, viewToken, call)),
    getAuthenticationUrl: (request, call) => run((token) => api.getAuthenticationUrl(token, request, call)),
    cancelAuthentication: (sessionId, call) =>
      run((token) => api.cancelAuthentication(token, sessionId, call)),
  }
}

async function attempt<T>(ports: LineCallPorts, call: Attempt<T>, renew: LineCallPorts['renew']): Promise<T> {
  const token = ports.token()
  if (token === null) throw new ServiceError('unreachable', 'The chat is not connected.')
  try {
    return await call(token)
  } catch (error) {
    if (!isRefusal(error)) throw error
  }
  return call(await renew(token))
}

/**
 * For what must not get lost. That the participant token was refused while a new one was asked for is a matter of the
 * connection, and no verdict on what was to be sent.
 */
async function renewToDeliver({ renew }: LineCallPorts, refused: Secret): Promise<Secret> {
  try {
    return await renew(refused)
  } catch (error) {
    throw isRefusal(error) ? new ServiceError('unreachable', 'The chat is connecting again.') : error
  }
}
