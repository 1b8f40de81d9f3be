import { type Failure, DeskError } from '#shared/failure.ts'
import { openRuntime, type RuntimePorts } from './compose-runtime.ts'
import type { InstanceClient } from './inbox/instance-client.ts'
import type { InstanceOptions } from './inbox/instances.ts'
import { ServiceError } from './participant/service-error.ts'
import { Secret } from './vault/secret.ts'

/** Milliseconds until the service answered, or why it could not. */
export type Reach = { readonly milliseconds: number } | { readonly failure: Failure }

/** No participant has it: the service says no, and who says no is there. */
const nobody = 'parley-connection-test'
const noService =
  'An answer came, but not from the chat service. A sign-in page or proxy may be in the way, or the endpoint is not the right one.'

/** Asks the service once, on the way that every call takes, with nobody's token. */
export async function reach(
  instance: InstanceOptions,
  client: InstanceClient,
  ports: RuntimePorts,
): Promise<Reach> {
  const { api } = openRuntime(instance, client, ports)
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
    if (isServiceRefusal(error)) return { milliseconds: Math.max(1, ports.clock.now() - startedAt) }
    return { failure: failureOf(error) }
  } finally {
    api.dropIdleConnections()
  }
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
