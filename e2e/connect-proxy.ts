import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

export interface ConnectProxy {
  readonly url: string
  /** The destinations asked for, as "host:port", in order. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

/** A forward proxy on this computer that does nothing but CONNECT. */
export async function startConnectProxy(): Promise<ConnectProxy> {
  const asked: string[] = []
  const wires = new Set<Socket>()
  const server = createServer()
  server.on('connection', (wire: Socket) => wires.add(wire))
  server.on('connect', ({ url = '' }, wire: Socket) => {
    asked.push(url)
    const { hostname, port } = new URL(`http://${url}`)
    const far = connect({ host: hostname, port: Number(port) }, () => {
      wire.write('HTTP/1.1 200 Connection established\r\n\r\n')
      wire.pipe(far).pipe(wire)
    })
    for (const end of [wire, far]) end.on('error', () => end.destroy())
    wire.on('close', () => far.destroy())
    wires.add(far)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${String(port)}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const wire of wires) wire.destroy()
      }),
  }
}
