import { z } from 'zod'
import type { ContactRoom } from '../room/contact-room.ts'
import { contentTypes } from '../room/content-types.ts'
import type { Participant } from '../room/participant.ts'
import type { World } from '../world.ts'

/**
 * `monitor`: a supervisor reads along, as the switch `monitorIsAnnounced` says with or without a word. `barge`: takes
 * part, and the service takes no receipts any more. `leave`: goes the way the supervisor came.
 */
export const SuperviseSpec = z.strictObject({
  mode: z.enum(['monitor', 'barge', 'leave']),
  displayName: z.string().min(1).default('Supervisor'),
})

export type SuperviseSpec = Readonly<z.input<typeof SuperviseSpec>>

export function supervise(world: World, room: ContactRoom, given: SuperviseSpec): Participant {
  const { mode, displayName } = SuperviseSpec.parse(given)
  const supervisor = room.participantAs('SUPERVISOR') ?? room.admit('SUPERVISOR', displayName)
  switch (mode) {
    case 'monitor':
      if (world.switches.now.monitorIsAnnounced) room.postEvent(contentTypes.joined, { by: supervisor })
      break
    case 'barge':
      room.join(supervisor)
      break
    case 'leave':
      if (supervisor.presence === 'present') room.leave(supervisor)
      else room.dismiss(supervisor)
  }
  return supervisor
}
