import type { Simulator } from '#simulator/simulator.ts'
import type { Switches } from '#simulator/switches.ts'
import { call, connect } from '#simulator/testing/chat-client.ts'
import { surely } from './eventually.ts'
import type { WholeSession } from './whole-session.ts'

const transferSucceeded = 'application/vnd.amazonaws.connect.event.transfer.succeeded'

export interface SessionEnd {
  readonly reason: string
  /** The agent is out while the chat may go on: nothing that comes later can be known. */
  readonly isShutOut?: boolean
  readonly bring: (whole: WholeSession, simulator: Simulator) => void | Promise<void>
}

const usual: SessionEnd = { reason: 'completed', bring: ({ contact }) => contact.end() }

/** For the switches that are about another end than the usual one. */
const ends: Partial<Record<keyof Switches, SessionEnd>> = {
  agentExitEndsChat: {
    reason: 'left',
    isShutOut: true,
    bring: ({ chat }) => chat.session.end(),
  },
  customerExitEndsChat: { reason: 'completed', bring: customerLeaves },
  eventOrderAtTransfer: {
    reason: 'transferred',
    isShutOut: true,
    bring: ({ contact }) => void contact.event({ contentType: transferSucceeded }),
  },
}

export function endFor(name: keyof Switches): SessionEnd {
  return ends[name] ?? usual
}

/** Over the wire, as a customer does it. The chat that goes on without a customer is ended by the service. */
async function customerLeaves(whole: WholeSession, simulator: Simulator): Promise<void> {
  const { contact, chat } = whole
  const { connectionToken } = await connect(simulator, contact.customer.participantToken)
  await call(simulator, 'disconnect', { token: connectionToken })
  if (simulator.switches.customerExitEndsChat) return
  await surely(() => chat.session.entries().some((entry) => entry.kind === 'event' && entry.event === 'left'))
  if (whole.phase !== 'live') throw new Error('The chat is over although only the customer left.')
  contact.end('system')
}
