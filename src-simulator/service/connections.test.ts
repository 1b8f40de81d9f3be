import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContactHandle } from '../contact-handle.ts'
import { contentTypes } from '../room/content-types.ts'
import type { Simulator } from '../simulator.ts'
import { startSimulator } from '../simulator.ts'
import type { TestSocket } from '../testing/chat-client.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { agentOn, call, connect, TestSocket as Socket } from '../testing/chat-client.ts'

let sim: Simulator
let contact: ContactHandle
let token: string
let socket: TestSocket
beforeEach(async () => {
  sim = await startSimulator()
  contact = sim.contact({ customerName: 'Amara' })
  const agent = await agentOn(sim, contact.agent.participantToken)
  token = agent.connectionToken
  socket = agent.socket
})
afterEach(() => sim.close())

const say = (Content: string, ContentType = 'text/plain'): ReturnType<typeof call> =>
  call(sim, 'message', { token, body: { Content, ContentType } })

describe('connections', () => {
  it('give only what was asked for', async () => {
    const acknowledged = await call(sim, 'connection', {
      token: contact.agent.participantToken,
      body: { ConnectParticipant: true },
    })
    const credentials = await call(sim, 'connection', {
      token: contact.agent.participantToken,
      body: { Type: ['CONNECTION_CREDENTIALS'] },
    })

    expect(acknowledged.body).toEqual({})
    expect(Object.keys(credentials.body)).toEqual(['ConnectionCredentials'])
  })

  it('announce the agent once, however often they are made', async () => {
    await agentOn(sim, contact.agent.participantToken)

    const arrivals = contact
      .truth()
      .transcript.filter(
        (item) => item.ContentType === contentTypes.joined && item.ParticipantRole === 'AGENT',
      )

    expect(arrivals).toHaveLength(1)
    expect(contact.sockets).toBe(2)
  })

  it('hold five sockets per participant', async () => {
    for (let more = 0; more < 4; more += 1) await agentOn(sim, contact.agent.participantToken)
    const { url } = await connect(sim, contact.agent.participantToken)

    await expect(Socket.open(url)).rejects.toThrow('429')
  })

  it('end when their time is up', async () => {
    const clock = new ManualClock()
    const other = await startSimulator({ clock })
    const { participantToken } = other.contact({ customerName: 'Jonas' }).agent
    const { socket: brief } = await agentOn(other, participantToken)

    clock.advance(66 * 60_000)
    const code = await brief.closed
    await other.close()

    expect(code).toBe(1001)
  })

  it('understand a client that sends a stray bracket, and refuse other topics', async () => {
    const { url } = await connect(sim, contact.agent.participantToken)
    const lenient = await Socket.open(url)
    lenient.send('{"topic":"aws/subscribe","content":{"topics":["aws/other"]}}')
    lenient.send('{"topic":"aws/subscribe","content":{"topics":["aws/chat"]}})')
    await lenient.until(() => lenient.frames.length === 2)

    expect(lenient.frames).toMatchObject([
      { content: { status: 'failure' } },
      { content: { status: 'success' } },
    ])
  })

  it('can be shared by all chats of the agent', async () => {
    sim.set({ sharedAgentSocket: true })
    const other = sim.contact({ customerName: 'Jonas' })

    other.say('On the shared line')
    await socket.until(() => socket.texts.includes('On the shared line'))

    expect(socket.items.at(-1)?.ContactId).toBe(other.contactId)
  })

  it('that are shared outlive the chat they were opened for', async () => {
    sim.set({ sharedAgentSocket: true })
    const other = sim.contact({ customerName: 'Jonas' })

    contact.end()
    other.say('And me?')
    await socket.until(() => socket.texts.includes('And me?'))

    expect(socket.items.map((item) => item.ContentType)).toContain(contentTypes.ended)
  })
})

describe('receipts', () => {
  it('come back as metadata without a contact', async () => {
    const sent = await say('Read this')
    contact.acknowledge('delivered', String(sent.body['Id']))
    await socket.until(() => socket.items.some((item) => item.Type === 'MESSAGEMETADATA'))

    const receipt = socket.items.find((item) => item.Type === 'MESSAGEMETADATA')
    expect(receipt).not.toHaveProperty('ContactId')
    expect(receipt?.MessageMetadata).toMatchObject({ MessageId: sent.body['Id'] })
    expect(receipt?.MessageMetadata?.Receipts?.[0]).not.toHaveProperty('ReadTimestamp')
  })

  it('are refused with 409 once a third person is there', async () => {
    const id = contact.say('Hello')
    const body = {
      ContentType: contentTypes.read,
      Content: JSON.stringify({ messageId: id, disableThrottle: true }),
    }

    const before = await call(sim, 'event', { token, body })
    contact.event({ contentType: contentTypes.joined, displayName: 'Second agent' })
    const after = await call(sim, 'event', { token, body: { ...body, ClientToken: 'again' } })

    expect([before.status, after.status]).toEqual([200, 409])
  })
})

describe('leaving and handing over', () => {
  it('ends the chat when the agent disconnects', async () => {
    const left = await call(sim, 'disconnect', { token, body: {} })
    await socket.closed

    expect(left.status).toBe(200)
    expect(contact.hasEnded).toBe(true)
  })

  it('tells in the order of the switch', async () => {
    sim.set({ eventOrderAtEnd: 'ended-then-left', closeCodeAtEnd: 4000 })
    contact.end()
    const code = await socket.closed

    expect(code).toBe(4000)
    expect(socket.items.slice(-2).map((item) => item.ContentType)).toEqual([
      contentTypes.ended,
      contentTypes.left,
    ])
  })

  it('shuts the first agent out after a transfer and lets the next one in', async () => {
    const { newcomer } = contact.event({ contentType: contentTypes.transferSucceeded, displayName: 'Grace' })
    await socket.closed
    const former = await say('Still here?')
    const next = await connect(sim, newcomer?.participantToken ?? '')

    expect(former.status).toBe(403)
    expect(next.answer.status).toBe(200)
    expect(socket.items.map((item) => item.ContentType)).toContain(contentTypes.transferSucceeded)
  })
})

describe('guides and sign-in', () => {
  it('describes the view behind a token with characters that need escaping', async () => {
    const view = {
      Id: 'detail',
      Arn: 'arn:aws:connect:eu-west-2:111122223333:view/detail',
      Name: 'Detail',
      Version: 1,
      Content: { InputSchema: '{}', Template: '{"Head":{}}', Actions: ['Back'] },
    }
    const { viewToken } = contact.show(view)

    const found = await call(sim, `views/${encodeURIComponent(viewToken)}`, { token, method: 'GET' })
    const missing = await call(sim, 'views/unknown', { token, method: 'GET' })

    expect(found.body['View']).toEqual(view)
    expect(missing.status).toBe(404)
    expect(missing.body).toMatchObject({ ResourceId: 'unknown', ResourceType: 'CONTACT_FLOW' })
  })

  it('gives the sign-in page within a minute, until it is cancelled', async () => {
    const { sessionId } = contact.event({ contentType: contentTypes.authenticationInitiated })
    const body = { SessionId: sessionId, RedirectUri: 'https://example.com/back' }

    const open = await call(sim, 'authentication-url', { token, body })
    await call(sim, 'cancel-authentication', { token, body: { SessionId: sessionId } })
    const cancelled = await call(sim, 'authentication-url', { token, body })
    await socket.until(() =>
      socket.items.some((item) => item.ContentType === contentTypes.authenticationCancelled),
    )

    expect(open.body['AuthenticationUrl']).toContain(encodeURIComponent('https://example.com/back'))
    expect(cancelled.status).toBe(400)
  })
})

describe('a bot that writes in pieces', () => {
  it('sends each piece under one id and keeps the whole', async () => {
    const piece = (content: string, ChunkNumber: number, MessageCompleted: boolean): unknown =>
      contact.event({
        contentType: 'text/plain',
        content,
        messageMetadata: { MessageId: 'm1', ChunkNumber, MessageCompleted },
      })
    piece('Hel', 1, false)
    piece('lo', 2, false)
    piece('Hello there', 3, true)
    await socket.until(() => socket.texts.length === 3)

    expect(socket.texts).toEqual(['Hel', 'lo', 'Hello there'])
    expect(contact.truth().transcript.filter((item) => item.Id === 'm1')).toMatchObject([
      { Content: 'Hello there' },
    ])
  })
})
