import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'

export type Answer = Readonly<{
  kind: 'answer'
  status: number
  headers: Readonly<Record<string, string>>
  body: string | Buffer
}>

/** What goes back for one request. `cut` resets the connection instead of answering. */
export type Reply = Answer | Readonly<{ kind: 'cut' }>

export const cut: Reply = { kind: 'cut' }

export const json = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

export const xml = (status: number, code: string, message: string): Reply => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'application/xml', ...cors },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
})

export const htmlError = (status: number): Reply => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'text/html' },
  body: `<html><head><title>${status} Service Temporarily Unavailable</title></head><body><h1>${status} Service Temporarily Unavailable</h1></body></html>`,
})

export const cors: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'x-amzn-errortype,x-amzn-requestid,x-amzn-errormessage,date,etag',
}

/** Answers a socket's handshake like any other request. */
export function refuseUpgrade(wire: Duplex, { status, headers, body }: Omit<Answer, 'kind'>): void {
  const length = Buffer.byteLength(body)
  const lines = Object.entries({ ...headers, connection: 'close', 'content-length': `${length}` })
  wire.write(
    `HTTP/1.1 ${status} Refused\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  )
  wire.end(body)
}

/** Allows what clients in web pages send, and whatever else this one asks for. */
export const preflight = (request: IncomingMessage): Reply => ({
  kind: 'answer',
  status: 204,
  headers: {
    ...cors,
    'access-control-allow-methods': 'GET,POST,PUT,OPTIONS',
    'access-control-allow-headers':
      request.headers['access-control-request-headers'] ??
      'x-amz-bearer,content-type,authorization,x-amz-date,x-amz-content-sha256,x-amz-user-agent,amz-sdk-invocation-id,amz-sdk-request',
    'access-control-max-age': '600',
  },
  body: '',
})

/** Undefined when the caller went away or sent more than allowed. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request) {
      if (!Buffer.isBuffer(chunk)) return undefined
      size += chunk.length
      if (size > maxBytes) return undefined
      chunks.push(chunk)
    }
  } catch {
    return undefined
  }
  return Buffer.concat(chunks)
}

export function write(response: ServerResponse, reply: Reply, now: number): void {
  if (reply.kind === 'cut' || response.headersSent) {
    reset(response)
    return
  }
  response.sendDate = false
  response.writeHead(reply.status, {
    ...reply.headers,
    date: new Date(now).toUTCString(),
    'content-length': Buffer.byteLength(reply.body),
  })
  response.end(reply.body)
}

/** Ends the connection the hard way: the caller sees a reset, not an answer. Under TLS it sees a hang-up. */
export function reset({ socket }: ServerResponse | IncomingMessage): void {
  if (socket instanceof TLSSocket) socket.destroy()
  else socket?.resetAndDestroy()
}

export function pathOf({ url = '/' }: IncomingMessage): URL {
  const base = 'http://localhost'
  return URL.canParse(url, base) ? new URL(url, base) : new URL(base)
}

export function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}
