import type { ClientRequest, IncomingMessage } from 'node:http'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { NetworkAgents } from './client-options.ts'
import type { OutgoingFile, UploadTicket } from './participant-api.ts'
import { ServiceError } from './service-error.ts'
import { readStorageAddress } from './service-address.ts'
import { storageTrouble } from './storage-answer.ts'
import { uploadHeaders } from './upload-headers.ts'

export interface FilePut {
  readonly ticket: UploadTicket
  readonly file: OutgoingFile
  readonly agents: NetworkAgents
  /** Of the instance whose service gave the ticket; null for Amazon's own. */
  readonly endpoint: string | null
  readonly signal?: AbortSignal
}

/** Without any movement for this long, the storage is taken to be gone. */
const silence = 30_000

/**
 * Puts a file where the ticket says, straight from its stream, with the headers the ticket asks for and no token.
 * Resolves only when the storage itself says that it has the whole file. Throws 'storage-refused', 'unreachable',
 * 'timed-out', 'service-unavailable', 'gateway', 'file-unreadable' or 'cancelled'.
 */
export async function putFile({ signal, ...put }: FilePut): Promise<void> {
  const { file } = put
  const request = tryOpenPut(put)
  const answer = answerTo(request, signal)
  // Whoever fails first tells why; the other side's echo of it must not go unhandled.
  answer.catch(() => undefined)
  try {
    await Promise.race([writeBody(request, file), answer])
    const trouble = await storageTrouble(await answer, storageSentence)
    if (trouble !== null) throw trouble
  } catch (error) {
    throw signal?.aborted === true ? new ServiceError('cancelled', 'The upload was cancelled.') : error
  } finally {
    request.destroy()
  }
}

/** Rejects a ticket nobody can follow, for example one with a line end in a header. */
function tryOpenPut(put: FilePut): ClientRequest {
  try {
    return openPut(put)
  } catch (error) {
    if (error instanceof ServiceError || !(error instanceof TypeError)) throw error
    throw new ServiceError('refused', 'The service asked for an upload that cannot be made. Rename the file.')
  }
}

function openPut({ ticket, file, agents, endpoint }: FilePut): ClientRequest {
  const url = readStorageAddress(ticket.url.reveal(), endpoint)
  const headers = uploadHeaders(ticket.headers, file.bytes)
  return url.protocol === 'https:'
    ? httpsRequest(url, { method: 'PUT', headers, agent: agents.https })
    : httpRequest(url, { method: 'PUT', headers, agent: agents.http })
}

function answerTo(request: ClientRequest, signal: AbortSignal | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const cancel = () => request.destroy(new Error('cancelled'))
    signal?.addEventListener('abort', cancel, { once: true })
    if (signal?.aborted === true) cancel()
    request.setTimeout(silence, () => {
      reject(new ServiceError('timed-out', 'The file storage did not answer in time.'))
      request.destroy()
    })
    request.on('response', resolve)
    request.on('error', () =>
      reject(new ServiceError('unreachable', 'The connection to the file storage was cut.')),
    )
    request.on('close', () => {
      signal?.removeEventListener('abort', cancel)
      reject(new ServiceError('unreachable', 'The connection to the file storage was cut.'))
    })
  })
}

/** Never resolves before the answer does when the storage hangs up early; `putFile` races the two. */
async function writeBody(request: ClientRequest, file: OutgoingFile): Promise<void> {
  let sentBytes = 0
  for await (const piece of file.read()) {
    sentBytes += piece.length
    if (sentBytes > file.bytes) throw changed()
    if (request.destroyed) return
    await written(request, piece)
    file.progressed(sentBytes)
  }
  if (sentBytes !== file.bytes) throw changed()
  request.end()
}

/** Resolves once the piece has left, so that its memory may be used again, or when it never will. */
function written(request: ClientRequest, piece: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      request.off('close', go)
      resolve()
    }
    request.on('close', go)
    request.write(piece, go)
  })
}

function changed(): ServiceError {
  return new ServiceError('file-unreadable', 'The file changed while it was being sent. Add it again.')
}

function storageSentence(status: number): string {
  return status === 403
    ? 'The file storage refused the file. The address may have run out.'
    : `The file storage refused the file (${status}).`
}
