import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net'

export interface LocalProxy {
  readonly port: number
  /** The destinations asked for, as "host:port", in order. */
  readonly asked: readonly string[]
  /** Destinations by name; a name that is not here is refused with 502. */
  readonly names: Map<string, number>
  /** What every request is answered with instead, such as 407. */
  refuseWith: number | null
  /** Requests are accepted and never answered. */
  isSilent: boolean
  /** Bytes that went through, both ways. */
  carried: () => number
  close(): Promise<void>
}

interface State {
  readonly asked: string[]
  readonly names: Map<string, number>
  readonly wires: Set<Socket>
  refuseWith: number | null
  isSilent: boolean
  bytes: number
}

/** A forward proxy on this computer: nothing but CONNECT, and a name service of its own. */
export async function startLocalProxy(tls?: { key: string; cert: string }): Promise<LocalProxy> {
  const state = newState()
  const server: Server = tls === undefined ? createServer() : createTlsServer(tls)
  server.on('connection', (wire: Socket) => keep(state, wire))
  server.on('request', (_request, response) => response.writeHead(405).end())
  server.on('connect', (request, wire: Socket, head: Buffer) => {
    const destination = request.url ?? ''
    state.asked.push(destination)
    if (state.isSilent) return
    const port = state.names.get(destination.replace(/:\d+$/, ''))
    const status = state.refuseWith ?? (port === undefined ? 502 : null)
    if (status !== null || port === undefined) {
      wire.end(`HTTP/1.1 ${status} Refused\r\nContent-Type: text/html\r\n\r\n<html>No.</html>`)
      return
    }
    const ready = (): void => {
      wire.write('HTTP/1.1 200 Connection established\r\n\r\n')
      if (head.length > 0) wire.unshift(head)
    }
    join(state, wire, { port, ready })
  })
  return opened(server, state)
}

/** The same for SOCKS 5 and 4a. */
export async function startSocksProxy(): Promise<LocalProxy> {
  const state = newState()
  const server = createTcpServer((wire) => {
    keep(state, wire)
    wire.once('data', (greeting) => {
      if (greeting[0] === 5) {
        wire.write(Buffer.from([5, 0]))
        wire.once('data', (request) => serveSocks5(state, wire, request))
      } else serveSocks4(state, wire, greeting)
    })
  })
  return opened(server, state)
}

function serveSocks5(state: State, wire: Socket, request: Buffer): void {
  const length = request[4] ?? 0
  const host = request.subarray(5, 5 + length).toString()
  state.asked.push(`${host}:${request.readUInt16BE(5 + length)}`)
  const port = state.names.get(host)
  if (port === undefined) wire.end(Buffer.from([5, 4, 0, 1, 0, 0, 0, 0, 0, 0]))
  else join(state, wire, { port, ready: () => wire.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0])) })
}

function serveSocks4(state: State, wire: Socket, request: Buffer): void {
  const host = request.subarray(9, -1).toString()
  state.asked.push(`${host}:${request.readUInt16BE(2)}`)
  const port = state.names.get(host)
  if (port === undefined) wire.end(Buffer.from([0, 0x5b, 0, 0, 0, 0, 0, 0]))
  else join(state, wire, { port, ready: () => wire.write(Buffer.from([0, 0x5a, 0, 0, 0, 0, 0, 0])) })
}

function newState(): State {
  return { asked: [], names: new Map(), wires: new Set(), refuseWith: null, isSilent: false, bytes: 0 }
}

function keep(state: State, wire: Socket): void {
  state.wires.add(wire)
  wire.on('error', () => wire.destroy())
  wire.on('close', () => state.wires.delete(wire))
}

function join(state: State, wire: Socket, { port, ready }: { port: number; ready: () => void }): void {
  const far = connect({ host: '127.0.0.1', port })
  keep(state, far)
  far.on('connect', () => {
    ready()
    for (const end of [wire, far]) end.on('data', (piece: Buffer) => (state.bytes += piece.length))
    wire.pipe(far)
    far.pipe(wire)
  })
  wire.on('close', () => far.destroy())
  far.on('close', () => wire.destroy())
}

async function opened(
  server: Server | ReturnType<typeof createTcpServer>,
  state: State,
): Promise<LocalProxy> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return Object.assign(state, {
    port,
    carried: () => state.bytes,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        for (const wire of state.wires) wire.destroy()
      }),
  })
}
