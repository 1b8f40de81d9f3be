import { afterEach, describe, expect, it } from 'vitest'
import type { FaultSpec } from '#simulator/faults/faults.ts'
import type { Simulator } from '#simulator/simulator.ts'
import { startSimulator } from '#simulator/simulator.ts'
import type { RealChat } from '../testing/real-chat.ts'
import { aRealChat, aRealWorld } from '../testing/real-chat.ts'
import { eventually } from './testing/eventually.ts'
import { isSpotless, judge, spotless } from './testing/verdict.ts'

const running: { simulator: Simulator; chat: RealChat }[] = []

afterEach(async () => {
  for (const { simulator, chat } of running.splice(0)) {
    await chat.session.close()
    await simulator.close()
  }
})

/** The customer says the last words and leaves while the chat cannot hear it. */
async function aGoodbyeUnheard(faults: readonly FaultSpec[], graceAfterEndMs: number) {
  const simulator = await startSimulator({ switches: { graceAfterEndMs } })
  const contact = simulator.contact({ customerName: 'Ana' })
  const chat = await aRealChat(aRealWorld(simulator.endpoint), contact.agent)
  running.push({ simulator, chat })
  chat.session.open()
  await chat.until((session) => session.summary().link.phase === 'live')
  for (const fault of faults) simulator.faults.add(fault)
  contact.sayAll(['It works now.', 'Thank you.'])
  contact.end()
  simulator.faults.clear()
  return { contact, chat }
}

const outages: readonly { readonly name: string; readonly faults: readonly FaultSpec[] }[] = [
  { name: 'the network was gone', faults: [{ kind: 'refuse-connections' }, { kind: 'drop-sockets' }] },
  { name: 'the service failed', faults: [{ kind: 'http-error' }, { kind: 'drop-sockets' }] },
  { name: 'the socket was dead without saying so', faults: [{ kind: 'half-open' }] },
]

describe('a chat that ended meanwhile', () => {
  it.each(outages)('is ended and read to its end when $name', async ({ faults }) => {
    const { contact, chat } = await aGoodbyeUnheard(faults, 60_000)
    const verdict = () => judge(contact, { entries: chat.session.entries(), typed: [] })

    await chat.until((session) => session.summary().link.phase === 'ended', 15_000)
    await eventually(() => isSpotless(verdict()), 5000)

    expect(verdict()).toEqual(
      faults.some(({ kind }) => kind === 'expire-token') ? expect.anything() : spotless,
    )
  })

  it.each(outages)('is ended although nothing can be read any more when $name', async ({ faults }) => {
    const { contact, chat } = await aGoodbyeUnheard(faults, 0)

    await chat.until((session) => session.summary().link.phase === 'ended', 15_000)

    const account = { entries: chat.session.entries(), typed: [], isShutOut: true }
    expect(judge(contact, account)).toEqual(spotless)
  })
})
