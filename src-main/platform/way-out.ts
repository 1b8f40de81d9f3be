import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type SecureContext, TLSSocket } from 'node:tls'
import type { FailureCode } from '#shared/failure.ts'
import { opened } from './opened.ts'
import { parseRoutes, type Proxy, proxyName, type ResolveProxy, type Route } from './proxy-routes.ts'
import { openTunnel, ProxyRefusal } from './proxy-tunnel.ts'

export interface WayOutOptions {
  readonly resolveProxy: ResolveProxy
  /** Undefined: the public authorities alone. */
  readonly secureContext: SecureContext | undefined
  /** For each route that is tried: proxy, connection and TLS together. Milliseconds. */
  readonly connectionTimeout: number
  /** What a request rejects with when it cannot leave. The sentence is for the agent. */
  readonly failure: (code: FailureCode, sentence: string) => Error
}

export interface Place {
  readonly host: string
  readonly port: number
  readonly isSecure: boolean
}

/** Connects over what is already open, or directly (null). */
type Connect = (tunnel: Socket | null) => Duplex | null | undefined

/** From this computer to one place: directly or through a proxy, the first of the routes that works. */
export class WayOut {
  readonly #options: WayOutOptions

  constructor(options: WayOutOptions) {
    this.#options = options
  }

  /**
   * The connection is open and the other side has proved who it is before anything is sent. Rejects with a `failure`,
   * or with the error of a direct connection.
   */
  async open(place: Place, connect: Connect): Promise<Duplex> {
    let trouble: Error | null = null
    for (const route of await this.#routes(place)) {
      const signal = AbortSignal.timeout(this.#options.connectionTimeout)
      try {
        const tunnel = route.kind === 'direct' ? null : await this.#tunnel(route, place, signal)
        return await this.#prove(connect(tunnel), { place, isOpen: tunnel !== null, signal })
      } catch (error) {
        if (error instanceof Untrusted) throw this.#untrusted(place, error)
        // The first choice is the one to tell about.
        trouble ??= error instanceof Error ? error : new Error(String(error))
      }
    }
    const nothing = 'The proxy settings or their script named no proxy that can be used. Check them.'
    throw trouble ?? this.#options.failure('unreachable', nothing)
  }

  /** The name of the host is enough to choose by; paths hold signatures and tokens. */
  async #routes({ host, port, isSecure }: Place): Promise<readonly Route[]> {
    const scheme = isSecure ? 'https' : 'http'
    const { origin } = new URL(`${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`)
    return parseRoutes(await this.#options.resolveProxy(origin))
  }

  async #tunnel(proxy: Proxy, place: Place, signal: AbortSignal): Promise<Socket> {
    const { secureContext } = this.#options
    try {
      return await openTunnel(proxy, place, { secureContext, signal })
    } catch (error) {
      const code = codeOf(error) === 'ETIMEDOUT' ? 'timed-out' : 'unreachable'
      throw this.#options.failure(code, sentenceAbout(proxy, error))
    }
  }

  async #prove(
    socket: Duplex | null | undefined,
    { place, isOpen, signal }: { place: Place; isOpen: boolean; signal: AbortSignal },
  ): Promise<Duplex> {
    if (!(socket instanceof Socket)) throw new Error('Node made no socket.')
    if (isOpen && !place.isSecure) return socket
    try {
      await opened(socket, place.isSecure ? 'secureConnect' : 'connect', signal)
      return socket
    } catch (error) {
      const isDoubt = socket instanceof TLSSocket && Boolean(socket.authorizationError)
      throw isDoubt ? new Untrusted(codeOf(error)) : error
    }
  }

  #untrusted({ host }: Place, { code }: Untrusted): Error {
    const sentence = `${host} did not prove who it is (${code}). Ask your administrator about the certificate.`
    return this.#options.failure('unreachable', sentence)
  }
}

/** A certificate that was refused. No other route makes it better. */
class Untrusted extends Error {
  readonly code: string

  constructor(code: string) {
    super('The certificate was refused.')
    this.name = 'Untrusted'
    this.code = code
  }
}

function sentenceAbout(proxy: Proxy, error: unknown): string {
  const name = `The proxy ${proxyName(proxy)}`
  if (error instanceof ProxyRefusal) {
    if (error.status === null)
      return `${name} does not answer like a proxy of this kind. Check the proxy settings.`
    return error.status === 407
      ? `${name} asks for a sign-in, which Parley cannot give. Ask your administrator to let Parley through.`
      : `${name} refused the connection (${error.status}). Ask your administrator.`
  }
  const code = codeOf(error)
  return code === 'ETIMEDOUT'
    ? `${name} did not answer in time. Check the network connection and the proxy settings.`
    : `${name} cannot be reached (${code}). Check the network connection and the proxy settings.`
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'no reason given'
}
