import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContactHandle } from '../contact-handle.ts'
import { portalPath } from '../service/gateway.ts'
import type { Simulator } from '../simulator.ts'
import { startSimulator } from '../simulator.ts'
import { agentOn, call, connect, TestSocket } from '../testing/chat-client.ts'

let sim: Simulator
let contact: ContactHandle
let token: string
beforeEach(async () => {
  sim = await startSimulator()
  contact = sim.contact({ customerName: 'Amara' })
  const agent = await agentOn(sim, contact.agent.participantToken)
  token = agent.connectionToken
})
afterEach(() => sim.close())

const post = (Content = 'Hello'): Promise<Response> =>
  fetch(`${sim.endpoint}/participant/message`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'x-amz-bearer': token },
    body: JSON.stringify({ Content, ContentType: 'text/plain' }),
  })

const said = (): number => contact.truth().transcript.filter((item) => item.Type === 'MESSAGE').length

describe('a gateway', () => {
  it.each([
    { body: 'html', status: 403, type: 'text/html', words: /<html>/ },
    { body: 'json', status: 451, type: 'application/json', words: /"error":"blocked"/ },
    { body: 'text', status: 413, type: 'text/plain', words: /^Blocked by policy$/ },
    { body: 'empty', status: 200, type: null, words: /^$/ },
  ] as const)(
    'answers with $body and $status, and passes nothing on',
    async ({ body, status, type, words }) => {
      sim.faults.add({ kind: 'gateway', body, status })

      const answer = await post()

      expect(answer.status).toBe(status)
      expect(answer.headers.get('content-type')).toBe(type)
      expect(answer.headers.get('x-amzn-requestid')).toBeNull()
      expect(answer.headers.get('x-amzn-errortype')).toBeNull()
      expect(await answer.text()).toMatch(words)
      expect(said()).toBe(0)
    },
  )

  it('sends those who follow to a portal that remembers them', async () => {
    sim.faults.add({ kind: 'gateway', status: 302, count: 1 })

    const answer = await post()
    const portal = answer.headers.get('location') ?? ''
    await fetch(portal, { headers: { 'x-amz-bearer': token } })

    expect(portal).toBe(`${sim.endpoint}${portalPath}`)
    expect(sim.requests().at(-1)).toMatchObject({ operation: 'Unknown', contactId: contact.contactId })
  })

  it('stands where it is named, as often as asked', async () => {
    sim.faults.add({ kind: 'gateway', operation: 'SendMessage', count: 1 })

    expect((await call(sim, 'transcript', { token, body: {} })).status).toBe(200)
    expect((await post()).status).toBe(403)
    expect((await post()).status).toBe(200)
  })

  it('stands in front of sockets only when they are named', async () => {
    sim.faults.add({ kind: 'gateway', operation: 'WebSocket', count: 1 })
    const { url } = await connect(sim, contact.agent.participantToken)

    await expect(TestSocket.open(url)).rejects.toThrow(/403/)
  })
})

describe('an agent without a socket', () => {
  const create = (Type: readonly string[], participantToken = contact.agent.participantToken) =>
    call(sim, 'connection', { token: participantToken, body: { Type } })
  const both = ['WEBSOCKET', 'CONNECTION_CREDENTIALS']

  it('is refused one with 400, and gets its token alone', async () => {
    sim.faults.add({ kind: 'refuse-agent-sockets' })

    expect((await create(both)).status).toBe(400)
    expect((await create(['CONNECTION_CREDENTIALS'])).body).toHaveProperty('ConnectionCredentials')
    expect((await create(both, contact.customer.participantToken)).status).toBe(200)
  })

  it('is answered without one', async () => {
    sim.faults.add({ kind: 'omit-agent-sockets' })

    const { status, body } = await create(both)

    expect(status).toBe(200)
    expect(body).not.toHaveProperty('Websocket')
    expect(body).toHaveProperty('ConnectionCredentials')
    expect((await create(both, contact.customer.participantToken)).body).toHaveProperty('Websocket')
  })
})

it('an account gives an instance half of its rates', async () => {
  sim.set({ throttled: true, throttleScope: 'account' })
  const statuses = await Promise.all(Array.from({ length: 15 }, () => post()))

  const accepted = statuses.filter(({ status }) => status === 200).length
  // Half of a burst of fifteen, and what came back to the bucket meanwhile.
  expect(accepted).toBeGreaterThanOrEqual(7)
  expect(accepted).toBeLessThan(12)
})
