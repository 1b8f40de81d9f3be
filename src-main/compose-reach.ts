import { type Failure, DeskError } from '#shared/failure.ts'
import type { SocketReach } from '#shared/instance-settings.ts'
import { type InstanceRuntime, openRuntime, type RuntimePorts } from './compose-runtime.ts'
import type { InstanceClient } from './inbox/instance-client.ts'
import type { InstanceOptions } from './inbox/instances.ts'
import { readServiceAddress } from './participant/service-address.ts'
import { ServiceError } from './participant/service-error.ts'
import { type Handshake, tryHandshake } from './participant/socket-handshake.ts'
import { Secret } from './vault/secret.ts'

/** Milliseconds until the service answered and whether sockets open as well, or why it could not. */
export type Reach =
  { readonly milliseconds: number; readonly socket: SocketReach } | { readonly failure: Failure }

/** No participant has it: the service says no, and who says no is there. */
const nobody = 'parley-connection-test'
const noService =
  'An answer came, but not from the chat service. A sign-in page or proxy may be in the way, or the endpoint is not the right one.'

const longestHandshake = 5000

export interface ReachPorts extends RuntimePorts {
  /** Where the instance's service last had its chats open their sockets, null when there was none yet. */
  readonly socketOrigin: (instance: InstanceOptions) => string | null
}

/** Asks the service once, on the way that every call takes, with nobody's token, and knocks where its sockets are. */
export async function reach(
  instance: InstanceOptions,
  client: InstanceClient,
  ports: ReachPorts,
): Promise<Reach> {
  const runtime = openRuntime(instance, client, ports)
  const { api } = runtime
  const startedAt = ports.clock.now()
  try {
    await api.createConnection(new Secret(nobody), {
      types: ['CONNECTION_CREDENTIALS'],
      connectParticipant: false,
    })
    // Whoever lets nobody in is the service; whoever does not is another.
    return { failure: { code: 'service-unavailable', message: noService } }
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    if (!isServiceRefusal(error)) return { failure: failureOf(error) }
    const milliseconds = Math.max(1, ports.clock.now() - startedAt)
    return { milliseconds, socket: await reachSocket(runtime, instance, ports) }
  } finally {
    api.dropIdleConnections()
  }
}

async function reachSocket(
  runtime: InstanceRuntime,
  instance: InstanceOptions,
  ports: ReachPorts,
): Promise<SocketReach> {
  const { endpoint, region } = instance
  const known = ports.socketOrigin(instance) ?? endpoint?.replace(/^http/, 'ws')
  const url = known === undefined ? null : readServiceAddress(known, endpoint)
  if (url === null) return { isOpen: null, sentence: notKnown(region) }
  const within = Math.min(longestHandshake, runtime.client.connectionTimeout)
  const found = await tryHandshake(url, { agent: runtime.socketAgent(url), within })
  if (found.kind === 'answered') {
    return { isOpen: true, sentence: `Live connections to ${url.host} get through.` }
  }
  const sentence = `Live connections to ${url.host} do not get through (${reasonOf(found)}). Chats go on without: messages come with a delay of a few seconds.`
  return { isOpen: false, sentence }
}

function notKnown(region: string): string {
  return `Live connections go to a host below transport.connect.${region}.amazonaws.com, which the service names with the first chat. They are tried from then on.`
}

function reasonOf(found: Exclude<Handshake, { kind: 'answered' }>): string {
  return found.kind === 'refused' ? `answered with ${found.status}` : found.why
}

function isServiceRefusal(error: DeskError): boolean {
  const { status = 0 } = error.failure
  return error instanceof ServiceError && error.kind !== null && status >= 400 && status < 500
}

/** Of an answer the sentences of real calls say what a chat does next; here nothing comes next. */
function failureOf(error: DeskError): Failure {
  const { failure } = error
  const gateway = error instanceof ServiceError ? error.gateway : null
  const status = gateway?.status ?? failure.status
  if (status === undefined) return failure
  const ill = `The address answered, but with a problem (${status}). Try again in a while.`
  const message = status >= 500 ? ill : gateway === null ? noService : failure.message
  return { code: 'service-unavailable', message }
}
