import type { Agent } from 'node:http'
import { DeskError } from '#shared/failure.ts'
import type { Clock } from './chat/clock.ts'
import type { InstanceClient } from './inbox/instance-client.ts'
import type { InstanceOptions } from './inbox/instances.ts'
import type { ClientOptions, NetworkAgents } from './participant/client-options.ts'
import type { ParticipantApi } from './participant/participant-api.ts'
import { ParticipantClient } from './participant/participant-client.ts'
import { RateScheduler } from './participant/rate-scheduler.ts'
import { ServiceError } from './participant/service-error.ts'
import { readAuthorities } from './platform/authorities.ts'
import { networkOf } from './platform/network-agents.ts'
import { type BrowserProxies, proxyResolver } from './platform/proxy-choice.ts'
import type { SystemAuthorities } from './platform/system-authorities.ts'

/** What all chats of one instance share. */
export interface InstanceRuntime {
  /** As set at this moment. */
  readonly client: InstanceClient
  /** Null for the region's own. */
  readonly endpoint: string | null
  readonly api: ParticipantApi
  readonly scheduler: RateScheduler
  /** Of this moment: the same ones for calls, sockets and files. */
  agents(): NetworkAgents
  /** Where a chat last was to open its socket, null when there was none yet. */
  readonly socketOrigin: string | null
  /** The way of a socket. */
  socketAgent(url: URL): Agent
  /** For calls and connections from now on. What is under way or open stays as it is. */
  change(client: InstanceClient): void
}

export interface RuntimePorts {
  readonly clock: Clock
  readonly proxies: BrowserProxies
  readonly systemAuthorities: () => SystemAuthorities
}

export function openRuntime(
  instance: InstanceOptions,
  firstClient: InstanceClient,
  ports: RuntimePorts,
): InstanceRuntime {
  let client = firstClient
  let network: (() => NetworkAgents) | null = null
  let current: NetworkAgents | null = null
  // Settings that cannot be met fail every call with their sentence, rather than being met half.
  const renew = (): NetworkAgents => {
    checkEndpoint(instance, client)
    network ??= networkFor(client, ports)
    current = network()
    return current
  }
  const api = new ParticipantClient(
    liveOptions(instance, () => client, renew),
    ports.clock,
  )
  const scheduler = new RateScheduler(ports.clock, client.rates)
  const agents = (): NetworkAgents => current ?? renew()
  let socketOrigin: string | null = null
  return {
    get socketOrigin() {
      return socketOrigin
    },
    socketAgent({ protocol, host }) {
      socketOrigin = `${protocol}//${host}`
      const { http, https } = agents()
      return protocol === 'wss:' ? https : http
    },
    get client() {
      return client
    },
    endpoint: instance.endpoint,
    api,
    scheduler,
    agents,
    change(next) {
      client = next
      network = null
      current = null
      scheduler.change(next.rates)
      api.dropIdleConnections()
    },
  }
}

/** Reads each option at the moment it is used. */
function liveOptions(
  { region, endpoint }: InstanceOptions,
  client: () => InstanceClient,
  agents: () => NetworkAgents,
): ClientOptions {
  return {
    region,
    endpoint,
    agents,
    get fips() {
      return client().fips
    },
    get dualStack() {
      return client().dualStack
    },
    get attempts() {
      return client().attempts
    },
    get backoffBase() {
      return client().backoffBase
    },
    get backoffCap() {
      return client().backoffCap
    },
    get connectionTimeout() {
      return client().connectionTimeout
    },
    get requestTimeout() {
      return client().requestTimeout
    },
    get correctClockSkew() {
      return client().correctClockSkew
    },
    get validateStrictly() {
      return client().validateStrictly
    },
    get messageCharacters() {
      return client().messageCharacters
    },
  }
}

function checkEndpoint({ endpoint }: InstanceOptions, { fips, dualStack }: InstanceClient): void {
  if (endpoint === null || (!fips && !dualStack)) return
  const { host } = new URL(endpoint)
  throw new ServiceError(
    'bad-endpoint',
    `The endpoint ${host} cannot be combined with the FIPS or dual-stack setting. Ask your administrator.`,
  )
}

function networkFor(client: InstanceClient, ports: RuntimePorts): () => NetworkAgents {
  const { clock, proxies } = ports
  return networkOf({
    system: ports.systemAuthorities(),
    resolveProxy: proxyResolver(client.proxy, proxies),
    authorities: trusted(client.authorities),
    connectionTimeout: client.connectionTimeout,
    failure: (code, sentence) => new ServiceError(code, sentence),
    now: () => clock.now(),
  })
}

function trusted(authorities: InstanceClient['authorities']): readonly string[] {
  try {
    return readAuthorities(authorities)
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    throw new ServiceError(error.failure.code, error.message)
  }
}
