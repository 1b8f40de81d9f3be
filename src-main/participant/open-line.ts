import type { Secret } from '../vault/secret.ts'
import { PacedParticipantApi } from './paced-participant-api.ts'
import type { ConnectionPorts } from './participant-connection.ts'
import { ParticipantConnection } from './participant-connection.ts'
import type { OpenLine } from './participant-line.ts'
import type { RateScheduler } from './rate-scheduler.ts'

/** Lines of one Connect instance: `scheduler` is shared by all of its chats, `participantToken` is one chat's. */
export function lineOpener(
  ports: ConnectionPorts & { readonly scheduler: RateScheduler },
  participantToken: Secret,
): OpenLine {
  return (events, isActive) => {
    const api = new PacedParticipantApi(ports.api, ports.scheduler, isActive)
    return new ParticipantConnection({ ...ports, api }, participantToken, events)
  }
}
