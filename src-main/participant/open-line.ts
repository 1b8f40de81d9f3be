import type { Around } from './around-calls.ts'
import { aroundCalls } from './around-calls.ts'
import { PacedParticipantApi } from './paced-participant-api.ts'
import type { ConnectionPorts } from './participant-connection.ts'
import { ParticipantConnection } from './participant-connection.ts'
import type { KeptTokens, OpenLine, ParticipantLine } from './participant-line.ts'
import type { RateScheduler } from './rate-scheduler.ts'

/** Lines of one Connect instance: `scheduler` is shared by all of its chats, `tokens` are one chat's. Every try waits its turn. */
export function lineOpener(
  ports: ConnectionPorts & { readonly scheduler: RateScheduler; readonly repeat?: Around },
  tokens: KeptTokens,
): OpenLine {
  const { scheduler, repeat } = ports
  return (events, isActive): ParticipantLine => {
    const paced = new PacedParticipantApi(ports.api, scheduler, isActive)
    const api = repeat === undefined ? paced : aroundCalls(paced, repeat)
    const up = (): void => {
      events.up()
      scheduler.reached()
    }
    const line = new ParticipantConnection({ ...ports, api }, tokens, { ...events, up })
    const stopListening = scheduler.onReached(() => events.reachable())
    return {
      calls: line.calls,
      get hasToken() {
        return line.hasToken
      },
      dial: () => line.dial(),
      hangUp: () => line.hangUp(),
      replaceSocket: () => line.replaceSocket(),
      probe: (within) => line.probe(within),
      forget: () => {
        stopListening()
        line.forget()
      },
    }
  }
}
