import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contentTypes } from '../room/content-types.ts'
import type { Simulator } from '../simulator.ts'
import { startSimulator } from '../simulator.ts'
import { agentOn, call, connect } from '../testing/chat-client.ts'
import { templateTypes } from './template-samples.ts'

let sim: Simulator
beforeEach(async () => {
  sim = await startSimulator({ region: 'eu-west-2' })
})
afterEach(() => sim.close())

type Result = { status: number; body: Record<string, unknown> }

async function ask(method: string, path: string, body?: unknown): Promise<Result> {
  const response = await fetch(`${sim.control}/${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

describe('control over HTTP', () => {
  it('makes a contact, lets the customer speak, and tells the truth', async () => {
    const made = await ask('POST', 'contacts', { customerName: 'Amara', attributes: { Order: 'AH-1' } })
    const { contactId, agent } = made.body as { contactId: string; agent: { participantToken: string } }
    const { connectionToken } = await agentOn(sim, agent.participantToken)
    const said = await ask('POST', `contacts/${contactId}/say`, { text: 'Hello' })
    await call(sim, 'message', {
      token: connectionToken,
      body: { ContentType: 'text/plain', Content: 'Hi', ClientToken: 't' },
    })

    const truth = await ask('GET', `contacts/${contactId}`)

    expect(made.status).toBe(201)
    expect(Object.keys(made.body)).toEqual(['contactId', 'initialContactId', 'agent', 'customer'])
    expect(said.status).toBe(201)
    expect(truth.body).toMatchObject({
      clientTokens: { t: 1 },
      sockets: 1,
      typing: [],
      receipts: [],
      attributes: { Order: 'AH-1' },
    })
    expect(truth.body['transcript']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ Id: said.body['id'], Content: 'Hello', Type: 'MESSAGE' }),
      ]),
    )
  })

  it('says many things at once', async () => {
    const contact = sim.contact({ customerName: 'Amara' })

    const said = await ask('POST', `contacts/${contact.contactId}/say`, { texts: ['1', '2', '3'] })

    expect(said.body['ids']).toHaveLength(3)
  })

  it.each(templateTypes)(
    'says an interactive message by the name of its template: %s',
    async (templateType) => {
      const contact = sim.contact({ customerName: 'Amara' })

      const sent = await ask('POST', `contacts/${contact.contactId}/template`, { templateType })

      expect(sent.status).toBe(201)
      const item = contact.truth().transcript.find(({ Id }) => Id === sent.body['id'])
      expect(item).toMatchObject({ ContentType: contentTypes.interactive, ParticipantRole: 'SYSTEM' })
      expect(JSON.parse(item?.Content ?? '')).toMatchObject({ templateType, version: '1.0' })
    },
  )

  it.each([
    [false, []],
    [true, ['SUPERVISOR']],
  ])('lets a supervisor read along, announced: %s, and barge in', async (monitorIsAnnounced, announced) => {
    sim.set({ monitorIsAnnounced })
    const contact = sim.contact({ customerName: 'Amara' })
    const { connectionToken } = await agentOn(sim, contact.agent.participantToken)
    const messageId = contact.say('Hello')
    const receipt = async (): Promise<number> => {
      const body = { ContentType: contentTypes.read, Content: JSON.stringify({ messageId }) }
      return (await call(sim, 'event', { token: connectionToken, body })).status
    }
    const joined = (): readonly unknown[] =>
      contact
        .truth()
        .transcript.filter((item) => item.ContentType === contentTypes.joined)
        .flatMap(({ ParticipantRole }) => (ParticipantRole === 'SUPERVISOR' ? [ParticipantRole] : []))
    const supervise = (mode: string): Promise<Result> =>
      ask('POST', `contacts/${contact.contactId}/supervise`, { mode, displayName: 'Kim' })

    const monitoring = await supervise('monitor')
    expect([monitoring.status, joined(), await receipt()]).toEqual([201, announced, 200])
    const barging = await supervise('barge')
    expect(barging.body).toEqual(monitoring.body)
    expect([joined(), await receipt()]).toEqual([[...announced, 'SUPERVISOR'], 409])
    await supervise('leave')
    expect(await receipt()).toBe(200)
  })

  it('sends a file with its bytes', async () => {
    const contact = sim.contact({ customerName: 'Amara' })
    const bytesBase64 = Buffer.from('a photo').toString('base64')

    await ask('POST', `contacts/${contact.contactId}/attach`, {
      name: 'a.png',
      contentType: 'image/png',
      bytesBase64,
    })
    const truth = await ask('GET', `contacts/${contact.contactId}?bytes=1`)

    expect(truth.body['attachments']).toMatchObject([{ name: 'a.png', status: 'APPROVED', bytesBase64 }])
  })

  it('makes events happen and ends the chat', async () => {
    const contact = sim.contact({ customerName: 'Amara' })
    const path = `contacts/${contact.contactId}`

    const idle = await ask('POST', `${path}/event`, {
      contentType: 'application/vnd.amazonaws.connect.event.participant.idle',
    })
    await ask('POST', `${path}/end`)
    const truth = await ask('GET', path)

    expect(idle.status).toBe(201)
    expect(truth.body['state']).toBe('ended')
  })

  it('lists the requests it has seen, without a secret in them', async () => {
    const contact = sim.contact({ customerName: 'Amara' })
    await connect(sim, contact.agent.participantToken)

    const response = await fetch(`${sim.control}/requests`)
    const text = await response.text()

    expect(JSON.parse(text)).toMatchObject([
      { operation: 'CreateParticipantConnection', contactId: contact.contactId, status: 200 },
    ])
    expect(text).not.toContain('CANARY')
  })

  it('turns switches, and refuses one it does not know', async () => {
    const turned = await ask('POST', 'switches', { agentDisplayName: 'AIDAT2LWUWLGQHAJ2JAOX' })
    const unknown = await ask('POST', 'switches', { noSuchSwitch: true })

    expect(turned.body['agentDisplayName']).toBe('AIDAT2LWUWLGQHAJ2JAOX')
    expect(unknown.status).toBe(400)
  })

  it('forgets everything on reset', async () => {
    const contact = sim.contact({ customerName: 'Amara' })
    const { socket, connectionToken } = await agentOn(sim, contact.agent.participantToken)
    await ask('POST', 'reset')
    await socket.closed

    const known = await ask('GET', `contacts/${contact.contactId}`)
    const after = await call(sim, 'transcript', { token: connectionToken })

    expect([known.status, after.status]).toEqual([404, 403])
    expect(sim.requests()).toHaveLength(1)
  })

  it.each([
    ['a body that is no JSON', 'contacts', '{'],
    ['a contact without a name', 'contacts', '{}'],
    ['a field it does not know', 'contacts', '{"customerName":"A","vip":true}'],
  ])('refuses %s with 400', async (_case, path, body) => {
    const response = await fetch(`${sim.control}/${path}`, { method: 'POST', body })

    expect(response.status).toBe(400)
  })
})

describe('the contact feed', () => {
  /** Reads the stream until `count` events have come. */
  async function listen(count: number): Promise<{ type: string; body: Record<string, unknown> }[]> {
    const leaving = new AbortController()
    const response = await fetch(sim.feed, { signal: leaving.signal })
    let text = ''
    const events: { type: string; body: Record<string, unknown> }[] = []
    const decoder = new TextDecoder()
    const reader = response.body?.getReader()
    while (reader && events.length < count) {
      const chunk = (await reader.read()) as { value?: Uint8Array }
      text += decoder.decode(chunk.value)
      events.length = 0
      for (const [, type = '', data = ''] of text.matchAll(/event: (\w+)\ndata: (.*)\n\n/g))
        events.push({ type, body: JSON.parse(data) as Record<string, unknown> })
    }
    leaving.abort()
    return events
  }

  const answer = (path: string, body?: object): Promise<Response> =>
    fetch(`${sim.feed}/${path}`, { method: 'POST', ...(body && { body: JSON.stringify(body) }) })

  it('offers a contact with a countdown and hands it over on acceptance', async () => {
    const contact = sim.contact({ customerName: 'Amara', queue: 'Returns', attributes: { Order: 'AH-1' } })
    contact.offer()
    const [offer] = await listen(1)

    const accepted = await answer(`offers/${String(offer?.body['offerId'])}/accept`)
    const again = await answer(`offers/${String(offer?.body['offerId'])}/accept`)
    const acceptance = (await accepted.json()) as object

    expect(offer).toMatchObject({ type: 'offer', body: { customerName: 'Amara', queue: 'Returns' } })
    expect(offer?.body['remainingMs']).toBeGreaterThan(19_000)
    expect(acceptance).toEqual({
      contactId: contact.contactId,
      initialContactId: contact.initialContactId,
      ...contact.agent,
      customerName: 'Amara',
      attributes: { Order: 'AH-1' },
      queue: 'Returns',
      region: 'eu-west-2',
    })
    expect(await again.json()).toEqual(acceptance)
  })

  it('tells what became of offers: missed, rejected, withdrawn, ended', async () => {
    const offers = ['Amara', 'Jonas', 'Sofía', 'Leila'].map((customerName) => sim.contact({ customerName }))
    const [missed, rejected, withdrawn, ended] = offers
    const events = listen(8)
    await expect.poll(() => sim.requests({ operation: 'Feed' }).length).toBe(1)
    missed?.offer(0.02)
    const { offerId } = rejected?.offer() ?? { offerId: '' }
    withdrawn?.offer()
    ended?.offer()
    await answer(`offers/${offerId}/reject`)
    withdrawn?.withdraw()
    ended?.end()

    const reasons = (await events)
      .filter((event) => event.type === 'closed')
      .map((event) => event.body['reason'])
    expect(reasons.toSorted()).toEqual(['missed', 'rejected', 'withdrawn', 'withdrawn'])
  })

  it('refuses an answer that comes too late', async () => {
    const contact = sim.contact({ customerName: 'Amara' })
    const { offerId } = contact.offer()
    contact.withdraw()

    const late = await answer(`offers/${offerId}/accept`)

    expect(late.status).toBe(409)
    expect(await late.json()).toMatchObject({ reason: 'withdrawn' })
  })

  it('takes the wrap-up', async () => {
    const contact = sim.contact({ customerName: 'Amara' })

    const taken = await answer(`contacts/${contact.contactId}/wrap-up`, {
      disposition: 'solved',
      notes: 'New leg',
    })

    expect(taken.status).toBe(204)
    expect(sim.wrapUps).toMatchObject([
      { contactId: contact.contactId, disposition: 'solved', notes: 'New leg' },
    ])
  })

  it('shows open offers to whoever connects later', async () => {
    sim.contact({ customerName: 'Amara' }).offer()
    await listen(1)

    const events = await listen(1)

    expect(events).toHaveLength(1)
  })
})
