import type { Grant } from '../room/directory.ts'
import type { World } from '../world.ts'
import type { Operation } from './operations.ts'
import { accessDenied } from './service-error.ts'

const readsAfterEnd: ReadonlySet<Operation> = new Set(['GetTranscript', 'GetAttachment', 'DescribeView'])

/** The caller behind a token; throws AccessDeniedException for every token that is not good for this call. */
export function authorize(world: World, operation: Operation, token: string | undefined): Grant {
  const grant = world.directory.holderOf(token)
  if (!grant || token === undefined) throw accessDenied()
  const wanted = operation === 'CreateParticipantConnection' ? 'participant' : 'connection'
  if (grant.kind !== wanted) throw accessDenied()
  if (world.directory.isExpired(token)) throw accessDenied()
  const scope = { contactIds: grant.room.contactIds, operation, isAside: wanted === 'participant' }
  if (world.faults.take('expire-token', scope)) throw accessDenied()

  if (grant.participant.presence === 'gone') throw accessDenied()
  if (grant.room.endedAt !== undefined && !isWithinGrace(world, operation, grant.room.endedAt))
    throw accessDenied()
  return grant
}

const isWithinGrace = (world: World, operation: Operation, endedAt: number): boolean =>
  readsAfterEnd.has(operation) && world.clock.trueNow() - endedAt < world.switches.now.graceAfterEndMs
