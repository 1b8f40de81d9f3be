import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Simulator } from '#simulator/simulator.ts'
import { startSimulator } from '#simulator/simulator.ts'
import type { RealChat, RealWorld } from './real-chat.ts'
import { aRealChat, aRealWorld } from './real-chat.ts'

let simulator: Simulator
let world: RealWorld
const open: RealChat[] = []

beforeEach(async () => {
  simulator = await startSimulator()
  world = aRealWorld(simulator.endpoint)
})

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ session }) => session.close()))
  await simulator.close()
})

async function aConnectedChat() {
  const contact = simulator.contact({ customerName: 'Ana' })
  const chat = await aRealChat(world, contact.agent)
  open.push(chat)
  chat.session.open()
  await chat.until((session) => session.summary().link.phase === 'live')
  return { contact, ...chat }
}

const texts = (chat: RealChat) =>
  chat.session
    .entries()
    .flatMap((entry) => (entry.kind === 'message' && 'text' in entry.body ? [entry.body.text] : []))

describe('a chat on real connections', () => {
  it('shows what the customer says', async () => {
    const chat = await aConnectedChat()

    chat.contact.say('Where is my order?')

    await chat.until(() => texts(chat).includes('Where is my order?'))
    expect(chat.session.summary()).toMatchObject({ customer: 'Ana', unread: 1 })
  })

  it('delivers a reply once and shows it once', async () => {
    const chat = await aConnectedChat()

    await chat.session.send({ text: 'On its way.', contentType: 'text/plain' })

    await chat.until((session) => session.summary().outbox.waiting === 0)
    expect(texts(chat)).toEqual(['On its way.'])
    expect(Object.values(chat.contact.truth().clientTokens)).toEqual([1])
  })

  it('reads what was said while its sockets were down', async () => {
    const chat = await aConnectedChat()
    simulator.faults.add({ kind: 'refuse-connections', durationMs: 500 })
    simulator.faults.add({ kind: 'drop-sockets' })
    const said = chat.contact.sayAll(Array.from({ length: 250 }, (_, index) => `Message ${index}`))

    await chat.until(
      (session) => session.summary().link.phase === 'live' && texts(chat).length === said.length,
    )

    expect(texts(chat)).toEqual(Array.from({ length: 250 }, (_, index) => `Message ${index}`))
  })

  it('ends when the customer leaves', async () => {
    const chat = await aConnectedChat()

    chat.contact.end()

    await chat.until((session) => session.summary().link.phase === 'ended')
    expect(chat.session.summary().link).toMatchObject({ reason: 'completed' })
  })
})
