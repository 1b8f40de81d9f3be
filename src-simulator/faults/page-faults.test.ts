import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContactHandle } from '../contact-handle.ts'
import type { TranscriptItem } from '../room/transcript-item.ts'
import type { Simulator } from '../simulator.ts'
import { startSimulator } from '../simulator.ts'
import { agentOn, call } from '../testing/chat-client.ts'

interface Page {
  readonly InitialContactId?: string
  readonly Transcript?: readonly Partial<TranscriptItem>[]
  readonly NextToken?: string
}

let sim: Simulator
let contact: ContactHandle
let token: string
beforeEach(async () => {
  sim = await startSimulator()
  contact = sim.contact({ customerName: 'Amara' })
  contact.sayAll(['one', 'two', 'three', 'four', 'five'])
  token = (await agentOn(sim, contact.agent.participantToken)).connectionToken
})
afterEach(() => sim.close())

async function read(NextToken?: string): Promise<Page> {
  const body = { MaxResults: 2, SortOrder: 'ASCENDING', ...(NextToken !== undefined && { NextToken }) }
  return (await call(sim, 'transcript', { token, body })).body
}

const textsOf = ({ Transcript = [] }: Page): readonly (string | undefined)[] =>
  Transcript.filter(({ Type }) => Type === 'MESSAGE').map(({ Content }) => Content)

describe('a pager that is stuck', () => {
  it('leads back to the page that was asked for', async () => {
    const first = await read()
    sim.faults.add({ kind: 'stuck-pager', count: 1 })

    const stuck = await read(first.NextToken)

    expect(stuck.NextToken).toBe(first.NextToken)
    expect((await read(first.NextToken)).NextToken).not.toBe(first.NextToken)
  })

  it('leads round and round', async () => {
    sim.faults.add({ kind: 'stuck-pager', leads: 'round' })
    const { NextToken: a } = await read()
    const { NextToken: b } = await read(a)

    expect(b).not.toBe(a)
    expect((await read(b)).NextToken).toBe(a)
  })

  it('leads nowhere with page after page, each under a name of its own, and nothing is lost by it', async () => {
    const { NextToken: start } = await read()
    sim.faults.add({ kind: 'stuck-pager', leads: 'nowhere', count: 3 })

    const tokens = new Set<string | undefined>()
    let page = await read(start)
    for (let turn = 0; turn < 3; turn += 1) {
      expect(page.Transcript).toEqual([])
      tokens.add(page.NextToken)
      page = await read(page.NextToken)
    }

    expect(tokens.size).toBe(3)
    expect(textsOf(page)).toEqual(['three', 'four'])
  })
})

it('omits the transcript, or the contact it is of', async () => {
  sim.faults.add({ kind: 'omit-transcript', count: 1 })
  expect(await read()).toEqual({})

  sim.faults.add({ kind: 'omit-initial-contact-id', count: 1 })
  const page = await read()
  expect(page.InitialContactId).toBeUndefined()
  expect(page.Transcript).toHaveLength(2)
  expect((await read()).InitialContactId).toBe(contact.contactId)
})

it('has two items beside the others that lack an id and a time', async () => {
  sim.faults.add({ kind: 'incomplete-items' })

  const { Transcript = [] } = await read()

  expect(Transcript).toHaveLength(4)
  expect(Transcript.filter(({ Id }) => Id === undefined)).toHaveLength(1)
  expect(Transcript.filter(({ AbsoluteTime }) => AbsoluteTime === undefined)).toHaveLength(1)
})

describe('a subscription that is silent', () => {
  it('answers heartbeats and carries nothing until the fault is over; new sockets speak', async () => {
    const { socket } = await agentOn(sim, contact.agent.participantToken)
    sim.faults.add({ kind: 'silent-subscription' })
    const { socket: fresh } = await agentOn(sim, contact.agent.participantToken)
    contact.say('unheard')
    await fresh.until(() => fresh.texts.includes('unheard'))
    socket.send({ topic: 'aws/heartbeat' })
    await socket.until(() => socket.frames.some(({ topic }) => topic === 'aws/heartbeat'))
    sim.faults.clear()
    contact.say('heard')
    await socket.until(() => socket.texts.includes('heard'))

    expect(socket.texts).toEqual(['heard'])
    expect(contact.sockets).toBe(3)
  })

  it('is that of new sockets as well when it is told so', async () => {
    sim.faults.add({ kind: 'silent-subscription', operation: 'WebSocket' })
    const { socket } = await agentOn(sim, contact.agent.participantToken)
    contact.say('unheard')
    socket.send({ topic: 'aws/heartbeat' })
    await socket.until(() => socket.frames.some(({ topic }) => topic === 'aws/heartbeat'))

    expect(socket.texts).toEqual([])
  })
})
