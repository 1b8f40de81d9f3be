import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type SecureContext, TLSSocket } from 'node:tls'
import type { FailureCode } from '#shared/failure.ts'
import { opened } from './opened.ts'
import { parseRoutes, type Proxy, proxyName, type ResolveProxy, type Route } from './proxy-routes.ts'
import { openTunnel, ProxyRefusal } from './proxy-tunnel.ts'

export interface WayOutOptions {
  readonly resolveProxy: ResolveProxy
  readonly secureContext: SecureContext
  /** Whether what the operating system trusts is part of it. */
  readonly knowsSystem: boolean
  /** For all routes together, with proxy, connection and TLS. Milliseconds. */
  readonly connectionTimeout: number
  /** What a request rejects with when it cannot leave. The sentence is for the agent. */
  readonly failure: (code: FailureCode, sentence: string) => Error
  readonly now: () => number
}

export interface Place {
  readonly host: string
  readonly port: number
  readonly isSecure: boolean
}

/** Connects over what is already open, or directly (null). */
type Connect = (tunnel: Socket | null) => Duplex | null | undefined

/** As long as browsers do. */
const proxyRestsFor = 5 * 60_000
/** Ends before the caller's patience for a connection does, so that the sentence can say what was too slow. */
const ownShare = 0.9

/**
 * From this computer to one place: directly or through a proxy, the first of the routes that works. A proxy that cannot
 * be reached comes last for a while; one that says no is obeyed.
 */
export class WayOut {
  readonly #options: WayOutOptions
  readonly #restingUntil = new Map<string, number>()

  constructor(options: WayOutOptions) {
    this.#options = options
  }

  /**
   * The connection is open and the other side has proved who it is before anything is sent. Rejects with a `failure`,
   * or with the error of a direct connection.
   */
  async open(place: Place, connect: Connect): Promise<Duplex> {
    const routes = await this.#routes(place)
    let trouble: Error | null = null
    for (const route of routes) {
      const signal = AbortSignal.timeout((this.#options.connectionTimeout * ownShare) / routes.length)
      try {
        const tunnel = route.kind === 'direct' ? null : await this.#tunnel(route, place, signal)
        return await this.#prove(connect(tunnel), { place, isOpen: tunnel !== null, signal })
      } catch (error) {
        if (error instanceof Final) throw this.#options.failure('unreachable', error.message)
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
    const routes = parseRoutes(await this.#options.resolveProxy(origin))
    const isResting = (route: Route): boolean =>
      route.kind !== 'direct' && (this.#restingUntil.get(proxyName(route)) ?? 0) > this.#options.now()
    return [...routes.filter((route) => !isResting(route)), ...routes.filter(isResting)]
  }

  async #tunnel(proxy: Proxy, place: Place, signal: AbortSignal): Promise<Socket> {
    const { secureContext, failure, now } = this.#options
    try {
      const tunnel = await openTunnel(proxy, place, { secureContext, signal })
      this.#restingUntil.delete(proxyName(proxy))
      return tunnel
    } catch (error) {
      if (error instanceof ProxyRefusal) throw new Final(refusalOf(proxy, error))
      this.#restingUntil.set(proxyName(proxy), now() + proxyRestsFor)
      const code = codeOf(error)
      throw code === 'ETIMEDOUT'
        ? failure('timed-out', `The proxy ${proxyName(proxy)} did not answer in time. ${advice}`)
        : failure('unreachable', `The proxy ${proxyName(proxy)} cannot be reached (${code}). ${advice}`)
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
      throw isDoubt ? new Final(this.#doubtAbout(place, codeOf(error))) : error
    }
  }

  #doubtAbout({ host }: Place, code: string): string {
    const doubt = `${host} did not prove who it is (${code}). Ask your administrator about the certificate.`
    return this.#options.knowsSystem || !unknownIssuer.has(code)
      ? doubt
      : `${doubt} The certificates of this computer cannot be read here: add its authority under Extra certificates in the settings.`
  }
}

/** Nobody who is trusted signed it. */
const unknownIssuer: ReadonlySet<string> = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
])

const advice = 'Check the network connection and the proxy settings.'

/** A no that another route must not get around. */
class Final extends Error {}

function refusalOf(proxy: Proxy, { status }: ProxyRefusal): string {
  const name = `The proxy ${proxyName(proxy)}`
  switch (status) {
    case null:
      return `${name} does not answer like a proxy of this kind, or refused. Check the proxy settings.`
    case 407:
      return `${name} asks for a sign-in, which Parley cannot give. Ask your administrator to let Parley through.`
    default:
      return `${name} refused the connection (${status}). Ask your administrator.`
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'no reason given'
}
