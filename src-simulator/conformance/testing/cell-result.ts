import type { Simulator } from '../../simulator.ts'
import { preparations } from './attempts.ts'
import type { Scene } from './attempts.ts'
import type { Cell } from './outcomes.ts'
import { provoke } from './outcomes.ts'
import type { ClientKind } from './participant-client.ts'

/** Given to the clients that can have a limit; far longer than loopback takes. */
const timeoutMs = 1000
/** A client that is still waiting after this long has no limit. */
const endlessMs = 2000

/** Makes one call end in one way and says how that looks to the caller of this client. */
export async function observe(
  kind: ClientKind,
  { operation, outcome }: Cell,
  simulator: Simulator,
): Promise<string> {
  if (kind.lacks.has(operation)) return 'not in this client'
  const role = kind.name === 'chatjs' ? 'CUSTOMER' : 'AGENT'
  const contact = simulator.contact({ customerName: `${kind.name} ${operation} ${outcome}` })
  const client = kind.open({ simulator, contact, role })
  const scene: Scene = { simulator, contact, client, uploadsAtOnce: kind.name === 'chatjs' }
  if (operation !== 'CreateParticipantConnection')
    await client.perform('CreateParticipantConnection', { Type: ['CONNECTION_CREDENTIALS'] })
  const good = await preparations[operation](scene)
  const input = await provoke[outcome](scene, operation, good)
  const seen = (): readonly number[] =>
    simulator
      .requests({ operation })
      .filter((request) => request.contactId === contact.contactId)
      .map((request) => request.status)
  const before = seen().length
  const isHeldUp = outcome === 'no reply'
  const caller = (isHeldUp ? kind.impatient?.(client, timeoutMs) : undefined) ?? client
  const calling = caller.perform(operation, input as never).then(
    () => String(seen().at(-1)),
    (error: unknown) => {
      const { name, status } = client.troubleOf(error)
      return status === undefined ? name : `${name} ${status}`
    },
  )
  const result = await Promise.race([calling, ...(isHeldUp && !kind.impatient ? [endless()] : [])])
  const tries = seen().length - before
  for (const one of new Set([client, caller])) one.close()
  return tries === 1 ? result : `${result} after ${tries} tries`
}

const endless = (): Promise<string> =>
  new Promise((resolve) => setTimeout(() => resolve('waits without end'), endlessMs))
