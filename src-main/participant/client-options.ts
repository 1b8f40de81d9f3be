import type { Agent as HttpAgent } from 'node:http'
import type { Agent as HttpsAgent } from 'node:https'

/** One agent per protocol; it knows the proxy and the certificates. Made anew when idle connections are dropped. */
export interface NetworkAgents {
  readonly http: HttpAgent
  readonly https: HttpsAgent
}

/** What an admin can set for one Connect instance. Times are milliseconds. */
export interface ClientOptions {
  readonly region: string
  /** Null for the region's own endpoint. */
  readonly endpoint: string | null
  readonly fips: boolean
  readonly dualStack: boolean
  /** Tries of one reading call. Messages and connections are tried again by the chat itself, for ever. */
  readonly attempts: number
  readonly backoffBase: number
  readonly backoffCap: number
  readonly connectionTimeout: number
  readonly requestTimeout: number
  /** Lifetimes are counted by the service's `Date`; off, by this computer's clock. */
  readonly correctClockSkew: boolean
  /** Refuses what the service would refuse, before it is sent. */
  readonly validateStrictly: boolean
  /** Characters in one text or markdown message, for the strict check. */
  readonly messageCharacters: number
  readonly agents: () => NetworkAgents
}

export const defaultClientOptions = {
  endpoint: null,
  fips: false,
  dualStack: false,
  attempts: 3,
  backoffBase: 200,
  backoffCap: 4000,
  connectionTimeout: 5000,
  requestTimeout: 10_000,
  correctClockSkew: true,
  validateStrictly: true,
  messageCharacters: 1024,
} as const satisfies Partial<ClientOptions>
