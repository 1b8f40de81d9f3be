import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { DeskError } from '#shared/failure.ts'
import type { NetworkAgents } from './client-options.ts'
import { readStorageAddress } from './service-address.ts'
import { storageTrouble } from './storage-answer.ts'

export interface Download {
  readonly url: string
  /** More than this is refused, whatever the service announced. */
  readonly maxBytes: number
  readonly agents: NetworkAgents
  /** Of the instance whose service named the address; null for Amazon's own. */
  readonly endpoint: string | null
}

const silence = 30_000
const refused = 'The file storage refused to hand out this file.'

/**
 * Fetches a file by its signed address, piece by piece. Nothing but the address identifies us, redirects are not
 * followed, and nobody else's page is taken for the file. Throws 'storage-refused' (403: the address ran out),
 * 'service-unavailable', 'gateway', 'unreachable', 'timed-out' or 'too-large'.
 */
export async function* download({ url, maxBytes, agents, endpoint }: Download): AsyncGenerator<Uint8Array> {
  const response = await get(readStorageAddress(url, endpoint), agents)
  const trouble = await storageTrouble(response, () => refused)
  if (trouble !== null) {
    response.destroy()
    throw trouble
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
