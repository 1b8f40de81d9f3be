import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContactHandle } from '../contact-handle.ts'
import type { Simulator } from '../simulator.ts'
import { startSimulator } from '../simulator.ts'
import type { Answer } from '../testing/chat-client.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { agentOn, call, connect, TestSocket as Socket } from '../testing/chat-client.ts'

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

const say = (Content: string, ClientToken?: string): Promise<Answer> =>
  call(sim, 'message', { token, body: { Content, ContentType: 'text/plain', ClientToken } })

const kept = (): (string | undefined)[] =>
  contact
    .truth()
    .transcript.filter((item) => item.Type === 'MESSAGE')
    .map((item) => item.Content)

describe('faults on requests', () => {
  it('refuse-connections resets requests and new sockets while control still answers', async () => {
    const { url } = await connect(sim, contact.agent.participantToken)
    await fetch(`${sim.control}/faults`, { method: 'POST', body: '{"kind":"refuse-connections"}' })

    await expect(say('Lost')).rejects.toThrow('fetch failed')
    await expect(Socket.open(url)).rejects.toThrow(/ECONNRESET|socket hang up/)
    await fetch(`${sim.control}/faults`, { method: 'DELETE' })
    await expect(say('Found')).resolves.toMatchObject({ status: 200 })
    expect(kept()).toEqual(['Found'])
  })

  it('refuse-connections can be kept to one contact', async () => {
    const other = sim.contact({ customerName: 'Jonas' })
    sim.faults.add({ kind: 'refuse-connections', contactId: contact.contactId })

    await expect(say('Lost')).rejects.toThrow('fetch failed')
    const { answer } = await connect(sim, other.agent.participantToken)
    expect(answer.status).toBe(200)
  })

  it.each([
    [400, 'ValidationException'],
    [402, 'ServiceQuotaExceededException'],
    [403, 'AccessDeniedException'],
    [409, 'ConflictException'],
    [429, 'ThrottlingException'],
    [500, 'InternalServerException'],
  ])('http-error answers %i as %s, as often as asked, and applies nothing', async (status, type) => {
    sim.faults.add({ kind: 'http-error', operation: 'SendMessage', status, count: 1 })

    const first = await say('Refused')
    const second = await say('Taken')

    expect([first.status, first.headers.get('x-amzn-errortype'), second.status]).toEqual([status, type, 200])
    expect(kept()).toEqual(['Taken'])
  })

  it('html-503 answers with a page', async () => {
    sim.faults.add({ kind: 'html-503', count: 1 })
    const response = await fetch(`${sim.endpoint}/participant/message`, { method: 'POST' })

    expect(response.status).toBe(503)
    expect(await response.text()).toContain('<html>')
  })

  it('hang gives no answer and applies nothing, until the faults are taken back', async () => {
    sim.faults.add({ kind: 'hang', operation: 'SendMessage' })
    const hanging = expect(say('Stuck')).rejects.toThrow('fetch failed')
    await expect.poll(() => sim.requests({ operation: 'SendMessage' }).length).toBe(1)
    sim.faults.clear()

    await hanging
    expect(kept()).toEqual([])
  })

  it('slow applies at once and answers later', async () => {
    sim.faults.add({ kind: 'slow', durationMs: 120, operation: 'SendMessage' })
    const started = performance.now()

    const answer = await say('Patience')

    expect(answer.status).toBe(200)
    expect(performance.now() - started).toBeGreaterThan(110)
  })

  it('lose-response applies, cuts, and repeats the outcome for the same token', async () => {
    sim.faults.add({ kind: 'lose-response', operation: 'SendMessage' })

    await expect(say('Once only', 'token-1')).rejects.toThrow('fetch failed')
    const retried = await say('Once only', 'token-1')

    expect(retried.body['Id']).toBe(
      contact.truth().transcript.find((item) => item.Content === 'Once only')?.Id,
    )
    expect(contact.truth().clientTokens).toEqual({ 'token-1': 1 })
    expect(sim.requests({ operation: 'SendMessage' }).map((entry) => entry.status)).toEqual([0, 200])
  })

  it('expire-token refuses the connection token, and a renewed one works', async () => {
    sim.faults.add({ kind: 'expire-token', contactId: contact.contactId })

    const refused = await say('Refused')
    token = (await connect(sim, contact.agent.participantToken)).connectionToken
    const taken = await say('Taken')

    expect([refused.status, taken.status]).toEqual([403, 200])
  })

  it('expire-token on the connection itself shuts the participant out', async () => {
    sim.faults.add({ kind: 'expire-token', operation: 'CreateParticipantConnection' })

    const { answer } = await connect(sim, contact.agent.participantToken)

    expect(answer.status).toBe(403)
  })

  it('throttle answers 429 beyond the burst, until time has refilled it', async () => {
    const clock = new ManualClock()
    const busy = await startSimulator({ clock })
    const { agent } = busy.contact({ customerName: 'Jonas' })
    const { connectionToken } = await connect(busy, agent.participantToken)
    const body = { ContentType: 'text/plain', Content: 'Again' }
    const sendMany = (count: number): Promise<Answer[]> =>
      Promise.all(
        Array.from({ length: count }, () => call(busy, 'message', { token: connectionToken, body })),
      )
    busy.faults.add({ kind: 'throttle' })

    const atOnce = await sendMany(20)
    clock.advance(200)
    const later = await sendMany(3)
    await busy.close()

    const refused = atOnce.filter((answer) => answer.status === 429)
    expect(refused).toHaveLength(5)
    expect(refused[0]?.headers.get('x-amzn-errortype')).toBe('ThrottlingException')
    expect(later.map((answer) => answer.status).toSorted()).toEqual([200, 200, 429])
  })

  it('clock-skew moves the service’s time, and the order still holds', async () => {
    contact.say('Before')
    sim.faults.add({ kind: 'clock-skew', durationMs: 600_000 })
    contact.say('Skewed')
    const { headers } = await say('Answered')
    sim.faults.clear()
    contact.say('After')

    const times = contact.truth().transcript.map((item) => Date.parse(item.AbsoluteTime))
    expect(times).toEqual(times.toSorted((one, other) => one - other))
    expect(Date.parse(headers.get('date') ?? '') - Date.now()).toBeGreaterThan(590_000)
  })
})
