import { Agent as HttpAgent, type ClientRequestArgs } from 'node:http'
import { Agent as HttpsAgent, type RequestOptions } from 'node:https'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls'
import type { NetworkAgents } from '../participant/client-options.ts'
import type { SystemAuthorities } from './system-authorities.ts'
import { WayOut, type WayOutOptions } from './way-out.ts'

export interface NetworkOptions extends Omit<WayOutOptions, 'secureContext' | 'knowsSystem'> {
  /** PEM texts that are trusted besides the public authorities and the system's. */
  readonly authorities: readonly string[]
  readonly system: SystemAuthorities
}

const kept = { keepAlive: true, maxSockets: 64 } as const
/** Said at every place that shakes hands: left out, NODE_TLS_REJECT_UNAUTHORIZED decides. */
const proven = { rejectUnauthorized: true } as const

/**
 * Makes agents for one instance: its requests, its sockets and its files leave through the same ones. They are made anew
 * when idle connections may be dead; what was read and parsed for them stays.
 */
export function networkOf({ authorities, system, ...options }: NetworkOptions): () => NetworkAgents {
  // Named one by one: what Node would trust by itself can be changed by its environment.
  const ca = [...rootCertificates, ...system.certificates, ...authorities]
  const secureContext = createSecureContext({ ca, minVersion: 'TLSv1.2' })
  const way = new WayOut({ ...options, secureContext, knowsSystem: system.wereRead })
  return () => ({ http: new PlainAgent(way), https: new SecureAgent(way, secureContext) })
}

type Taken = (error: Error | null, stream: Duplex) => void

class PlainAgent extends HttpAgent {
  readonly #way: WayOut

  constructor(way: WayOut) {
    super(kept)
    this.#way = way
  }

  override createConnection(options: ClientRequestArgs, taken?: Taken): undefined {
    const connect = (tunnel: Socket | null) => tunnel ?? super.createConnection(options)
    handOver(this.#way.open({ ...destinationOf(options), isSecure: false }, connect), taken)
  }
}

class SecureAgent extends HttpsAgent {
  readonly #way: WayOut

  constructor(way: WayOut, secureContext: SecureContext) {
    super({ ...kept, ...proven, secureContext })
    this.#way = way
  }

  override createConnection(options: RequestOptions, taken?: Taken): undefined {
    const connect = (tunnel: Socket | null) =>
      super.createConnection({ ...options, ...proven, ...(tunnel !== null && { socket: tunnel }) })
    handOver(this.#way.open({ ...destinationOf(options), isSecure: true }, connect), taken)
  }
}

function destinationOf({ host, port }: ClientRequestArgs): { host: string; port: number } {
  return { host: host ?? 'localhost', port: Number(port) }
}

function handOver(opening: Promise<Duplex>, taken: Taken | undefined): void {
  opening.then(
    (socket) => taken?.(null, socket),
    // Node looks at the error alone; its types want a stream beside it.
    (error: unknown) => taken?.(error instanceof Error ? error : new Error(String(error)), new Socket()),
  )
}
