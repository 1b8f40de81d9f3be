import type { ClientRequest, IncomingMessage } from 'node:http'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { NetworkAgents } from './client-options.ts'
import type { OutgoingFile, UploadTicket } from './participant-api.ts'
import { ServiceError } from './service-error.ts'
import { readStorageAddress } from './storage-address.ts'
import { storageTrouble } from './storage-answer.ts'

export interface FilePut {
  readonly ticket: UploadTicket
  readonly file: OutgoingFile
  readonly agents: NetworkAgents
  readonly signal?: AbortSignal
}

/** Without any movement for this long, the storage is taken to be gone. */
const silence = 30_000

/**
 * Puts a file where the ticket says, straight from its stream, with every header the ticket asks for and no token.
 * Resolves only when the storage itself says that it has the whole file. Throws 'storage-refused', 'unreachable',
 * 'timed-out', 'service-unavailable', 'gateway', 'file-unreadable' or 'cancelled'.
 */
export async function putFile({ ticket, file, agents, signal }: FilePut): Promise<void> {
  const request = tryOpenPut(ticket, file.bytes, agents)
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
function tryOpenPut(...[ticket, bytes, agents]: Parameters<typeof openPut>): ClientRequest {
  try {
    return openPut(ticket, bytes, agents)
  } catch (error) {
    if (error instanceof ServiceError || !(error instanceof TypeError)) throw error
    throw new ServiceError('refused', 'The service asked for an upload that cannot be made. Rename the file.')
  }
}

function openPut(ticket: UploadTicket, bytes: number, agents: NetworkAgents): ClientRequest {
  const url = readStorageAddress(ticket.url.reveal())
  const headers = Object.fromEntries(
    Object.entries(ticket.headers).map(([name, value]) => [name, asHeaderBytes(value)]),
  )
  const hasLength = Object.keys(headers).some((name) => name.toLowerCase() === 'content-length')
  if (!hasLength) headers['Content-Length'] = String(bytes)
  return url.protocol === 'https:'
    ? httpsRequest(url, { method: 'PUT', headers, agent: agents.https })
    : httpRequest(url, { method: 'PUT', headers, agent: agents.http })
}

/** Headers are bytes. What does not fit a byte a letter goes as UTF-8, which is what the storage signs and compares. */
function asHeaderBytes(value: string): string {
  return /^[\u0000-\u00ff]*$/.test(value) ? value : Buffer.from(value, 'utf8').toString('latin1')
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
