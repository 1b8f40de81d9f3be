import { createServer, type TlsOptions } from 'node:tls'
import type { AddressInfo } from 'node:net'

export interface Impostor {
  readonly port: number
  /** Connections that were tried. */
  connections: () => number
  /** What it could read: everything a client said after the handshake. */
  heard: () => string
  close(): Promise<void>
}

/** A TLS server that answers nothing and keeps every word. */
export async function startImpostor(certificate: Pick<TlsOptions, 'key' | 'cert'>): Promise<Impostor> {
  const heard: string[] = []
  let connections = 0
  const server = createServer(certificate, (wire) => {
    wire.on('error', () => wire.destroy())
    wire.on('data', (piece: Buffer) => heard.push(piece.toString()))
  })
  server.on('connection', () => (connections += 1))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    heard: () => heard.join(''),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
