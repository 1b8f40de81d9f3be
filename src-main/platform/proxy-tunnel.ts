import { connect as connectPlain, isIPv4, isIPv6, type Socket } from 'node:net'
import { connect as connectTls, type SecureContext } from 'node:tls'
import { unreachable } from '#shared/failure.ts'
import { opened } from './opened.ts'
import type { Proxy } from './proxy-routes.ts'

export interface Destination {
  readonly host: string
  readonly port: number
}

export interface TunnelOptions {
  readonly secureContext: SecureContext
  readonly signal: AbortSignal
}

/** The proxy answered and will not do it. `status` is its HTTP status, null when it speaks another language. */
export class ProxyRefusal extends Error {
  readonly status: number | null

  constructor(status: number | null) {
    super('The proxy refused.')
    this.name = 'ProxyRefusal'
    this.status = status
  }
}

/**
 * A raw connection to the destination through the proxy. The proxy learns the destination's name and port and nothing
 * else: plain HTTP goes through a tunnel too. Rejects with `ProxyRefusal` or with the error of the socket.
 */
export async function openTunnel(
  proxy: Proxy,
  destination: Destination,
  { secureContext, signal }: TunnelOptions,
): Promise<Socket> {
  const { kind, host, port } = proxy
  const socket =
    kind === 'https'
      ? connectTls({
          host,
          port,
          servername: isIPv4(host) || isIPv6(host) ? '' : host,
          secureContext,
          // Left out, NODE_TLS_REJECT_UNAUTHORIZED decides.
          rejectUnauthorized: true,
        })
      : connectPlain({ host, port })
  // The handshake is over before the agent sets its own.
  socket.setNoDelay(true)
  await opened(socket, kind === 'https' ? 'secureConnect' : 'connect', signal)
  try {
    await askFor(destination, proxy, (request, lengthOf) => exchange(socket, { request, lengthOf, signal }))
    return socket
  } catch (error) {
    socket.destroy()
    throw error
  }
}

/** Null: not all of it is here yet. */
type LengthOf = (answer: Buffer) => number | null
type Ask = (request: Buffer, lengthOf: LengthOf) => Promise<Buffer>

function askFor(destination: Destination, { kind }: Proxy, ask: Ask): Promise<void> {
  switch (kind) {
    case 'http':
    case 'https':
      return askHttp(destination, ask)
    case 'socks4':
      return askSocks4(destination, ask)
    case 'socks5':
      return askSocks5(destination, ask)
    default:
      return unreachable(kind)
  }
}

async function askHttp({ host, port }: Destination, ask: Ask): Promise<void> {
  const authority = `${isIPv6(host) ? `[${host}]` : host}:${port}`
  const request = `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\nProxy-Connection: keep-alive\r\n\r\n`
  const answer = await ask(Buffer.from(request), (head) => {
    const end = head.indexOf('\r\n\r\n')
    return end < 0 ? null : end + 4
  })
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(answer.toString('latin1'))?.[1]
  if (status?.startsWith('2') !== true) throw new ProxyRefusal(status === undefined ? null : Number(status))
}

/** Version 4a: the proxy looks the name up. */
async function askSocks4({ host, port }: Destination, ask: Ask): Promise<void> {
  const head = [4, 1, port >> 8, port & 0xff, 0, 0, 0, 1, 0]
  const answer = await ask(Buffer.concat([Buffer.from(head), Buffer.from(`${host}\0`)]), whole(8))
  if (answer[1] !== 0x5a) throw new ProxyRefusal(null)
}

async function askSocks5({ host, port }: Destination, ask: Ask): Promise<void> {
  const [, method] = await ask(Buffer.from([5, 1, 0]), whole(2))
  if (method !== 0) throw new ProxyRefusal(407)
  const name = Buffer.from(host)
  const address = isIPv4(host) ? [1, ...host.split('.').map(Number)] : [3, name.length, ...name]
  const request = Buffer.from([5, 1, 0, ...address, port >> 8, port & 0xff])
  const answer = await ask(request, (reply) => {
    const addressLength = { 1: 4, 3: (reply[4] ?? 0) + 1, 4: 16 }[reply[3] ?? 1] ?? 4
    const length = 6 + addressLength
    return reply.length < Math.max(length, 5) ? null : length
  })
  if (answer[1] !== 0) throw new ProxyRefusal(null)
}

const whole =
  (length: number): LengthOf =>
  (answer) =>
    answer.length < length ? null : length

const longestAnswer = 16_384

interface Exchange {
  readonly request: Buffer
  readonly lengthOf: LengthOf
  readonly signal: AbortSignal
}

/** Whatever comes after the answer stays in the socket. */
function exchange(socket: Socket, { request, lengthOf, signal }: Exchange): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let answer = Buffer.alloc(0)
    const finish = (settle: () => void): void => {
      socket.off('readable', take)
      socket.off('error', fail)
      socket.off('close', cut)
      signal.removeEventListener('abort', late)
      settle()
    }
    const fail = (error: Error): void => finish(() => reject(error))
    const cut = (): void => fail(new ProxyRefusal(null))
    const late = (): void => fail(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' }))
    const take = (): void => {
      const piece: unknown = socket.read()
      if (!Buffer.isBuffer(piece)) return
      answer = Buffer.concat([answer, piece])
      const length = lengthOf(answer)
      if (length === null) {
        if (answer.length > longestAnswer) cut()
        return
      }
      finish(() => {
        if (answer.length > length) socket.unshift(answer.subarray(length))
        resolve(answer.subarray(0, length))
      })
    }
    socket.on('readable', take)
    socket.on('error', fail)
    socket.on('close', cut)
    signal.addEventListener('abort', late)
    if (signal.aborted) late()
    socket.write(request)
  })
}
