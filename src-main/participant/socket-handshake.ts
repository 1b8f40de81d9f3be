import type { Agent, IncomingMessage } from 'node:http'
import { DeskError } from '#shared/failure.ts'
import { WebSocket } from 'ws'

/** What became of an attempt to open a socket where nobody has a ticket: whoever says so has let it through. */
export type Handshake =
  | { readonly kind: 'answered' }
  /** Something in between said no, in a way the service does not. */
  | { readonly kind: 'refused'; readonly status: number }
  /** In words: it was cut off, nothing answered, a proxy could not be reached. */
  | { readonly kind: 'failed'; readonly why: string }

/** Opens a socket as a chat would, on the same way, and drops it at once. */
export function tryHandshake(
  url: URL,
  { agent, within }: { readonly agent: Agent; readonly within: number },
): Promise<Handshake> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { agent, handshakeTimeout: within, perMessageDeflate: false })
    const end = (found: Handshake): void => {
      resolve(found)
      socket.terminate()
    }
    socket.on('open', () => end({ kind: 'answered' }))
    socket.on('unexpected-response', (_request, answer) => end(judge(answer)))
    // Also what follows an end: it changes nothing any more.
    socket.on('error', (error: Error & { code?: string }) => end({ kind: 'failed', why: whyOf(error) }))
  })
}

const words: Readonly<Record<string, string>> = {
  ECONNRESET: 'it was cut off',
  ECONNREFUSED: 'nothing answers there',
  ENOTFOUND: 'its name is not known',
}

function whyOf(error: Error & { code?: string }): string {
  // What the way out says is a sentence already.
  if (error instanceof DeskError) return error.message.replace(/\.$/, '')
  return error.code === undefined ? 'no answer in time' : (words[error.code] ?? error.code)
}

/** The service refuses with a client error and without a page; a proxy asks for a sign-in, leads away or shows one. */
function judge({ statusCode: status = 0, headers }: IncomingMessage): Handshake {
  const isPage = headers['content-type']?.includes('html') === true
  const isOfService = status >= 400 && status < 500 && status !== 407 && !isPage && headers.via === undefined
  return isOfService ? { kind: 'answered' } : { kind: 'refused', status }
}
