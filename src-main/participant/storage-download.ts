import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { DeskError } from '#shared/failure.ts'
import type { NetworkAgents } from './client-options.ts'
import { readStorageAddress } from './storage-address.ts'

export interface Download {
  readonly url: string
  /** More than this is refused, whatever the service announced. */
  readonly maxBytes: number
  readonly agents: NetworkAgents
}

const silence = 30_000

/**
 * Fetches a file by its signed address, piece by piece. Nothing but the address identifies us, redirects are not
 * followed. Throws 'storage-refused' (403: the address ran out), 'unreachable', 'timed-out' or 'too-large'.
 */
export async function* download({ url, maxBytes, agents }: Download): AsyncGenerator<Uint8Array> {
  const response = await get(readStorageAddress(url), agents)
  if (response.statusCode !== 200) {
    response.resume()
    throw new DeskError(
      'storage-refused',
      'The file storage refused to hand out this file.',
      response.statusCode,
    )
  }
  let bytes = 0
  try {
    for await (const piece of response as AsyncIterable<Buffer>) {
      bytes += piece.length
      if (bytes > maxBytes) throw new DeskError('too-large', 'The file is larger than the service said.')
      yield piece
    }
  } catch (error) {
    if (error instanceof DeskError) throw error
    throw new DeskError('unreachable', 'The file stopped coming half-way. Try again.')
  } finally {
    response.destroy()
  }
}

function get(url: URL, agents: NetworkAgents): Promise<IncomingMessage> {
  const isSecure = url.protocol === 'https:'
  return new Promise((resolve, reject) => {
    const agent = isSecure ? agents.https : agents.http
    const request = (isSecure ? httpsRequest : httpRequest)(url, { agent, timeout: silence })
    request.on('response', resolve)
    request.on('timeout', () => {
      request.destroy(new DeskError('timed-out', 'The file storage did not answer. Try again.'))
    })
    request.on('error', (error) => {
      const trouble = new DeskError('unreachable', 'The file storage cannot be reached. Try again.')
      reject(error instanceof DeskError ? error : trouble)
    })
    request.end()
  })
}
