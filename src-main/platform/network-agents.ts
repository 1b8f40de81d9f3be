import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { rootCertificates } from 'node:tls'
import { ProxyAgent } from 'proxy-agent'
import type { NetworkAgents } from '../participant/client-options.ts'

/** Chromium's answer for a URL, such as "PROXY proxy.example:3128; DIRECT": covers system, PAC and manual. */
export type ResolveProxy = (url: string) => Promise<string>

export interface NetworkOptions {
  readonly resolveProxy: ResolveProxy
  /** PEM texts that are trusted besides the public authorities. */
  readonly extraAuthorities: readonly string[]
}

const kept = { keepAlive: true, maxSockets: 64 } as const

/** Fresh agents for one client. Requests and sockets of an instance leave through the same ones. */
export function createNetworkAgents({ resolveProxy, extraAuthorities }: NetworkOptions): NetworkAgents {
  const trust = extraAuthorities.length > 0 ? { ca: [...rootCertificates, ...extraAuthorities] } : {}
  const direct = { httpAgent: new HttpAgent(kept), httpsAgent: new HttpsAgent({ ...kept, ...trust }) }
  const agent = new ProxyAgent({
    ...trust,
    ...direct,
    getProxyForUrl: async (url) => proxyUrl(await resolveProxy(url)),
  })
  // ProxyAgent decides by the request's own protocol and serves both.
  return { http: agent, https: agent as unknown as HttpsAgent }
}

/** The first choice of Chromium's list as a URL; empty for a direct connection. */
export function proxyUrl(choices: string): string {
  const [kind = '', address = ''] = (choices.split(';')[0] ?? '').trim().split(/\s+/)
  const schemes: Readonly<Record<string, string>> = {
    PROXY: 'http',
    HTTPS: 'https',
    SOCKS: 'socks4',
    SOCKS4: 'socks4',
    SOCKS5: 'socks5',
  }
  const scheme = schemes[kind.toUpperCase()]
  return scheme === undefined || address === '' ? '' : `${scheme}://${address}`
}
