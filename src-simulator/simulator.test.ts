import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Simulator } from './simulator.ts'
import { startSimulator } from './simulator.ts'
import { agentOn, call, connect, TestSocket } from './testing/chat-client.ts'

let sim: Simulator
beforeEach(async () => {
  sim = await startSimulator()
})
afterEach(() => sim.close())

const typing = 'application/vnd.amazonaws.connect.event.typing'

describe('a conversation', () => {
  it('carries what the customer says to the agent as JSON inside a string', async () => {
    const contact = sim.contact({ customerName: 'Amara Okafor' })
    const { socket } = await agentOn(sim, contact.agent.participantToken)

    const id = contact.say('Hello?')
    await socket.until(() => socket.texts.length === 1)

    const frame = socket.frames.at(-1)
    expect(frame).toMatchObject({ topic: 'aws/chat', contentType: 'application/json' })
    expect(JSON.parse(String(frame?.['content']))).toMatchObject({
      Id: id,
      Content: 'Hello?',
      ParticipantRole: 'CUSTOMER',
      DisplayName: 'Amara Okafor',
      ContactId: contact.contactId,
      InitialContactId: contact.initialContactId,
    })
  })

  it('echoes an own message under the id of the reply', async () => {
    const contact = sim.contact({ customerName: 'Amara' })
    const { socket, connectionToken } = await agentOn(sim, contact.agent.participantToken)

    const sent = await call(sim, 'message', {
      token: connectionToken,
      body: { ContentType: 'text/plain', Content: 'Good morning' },
    })
    await socket.until(() => socket.texts.length === 1)

    expect(sent.status).toBe(200)
    expect(socket.items.at(-1)).toMatchObject({ Id: sent.body['Id'], Content: 'Good morning' })
  })

  it('applies a repeated ClientToken once', async () => {
    const contact = sim.contact({ customerName: 'Amara' })
    const { connectionToken: token } = await connect(sim, contact.agent.participantToken)
    const body = { ContentType: 'text/plain', Content: 'Once', ClientToken: 'token-1' }

    const first = await call(sim, 'message', { token, body })
    const again = await call(sim, 'message', { token, body })

    expect(again.body).toEqual(first.body)
    expect(contact.truth().clientTokens).toEqual({ 'token-1': 1 })
    expect(contact.truth().transcript.filter((item) => item.Content === 'Once')).toHaveLength(1)
  })

  it('shows typing to those who are there and keeps it nowhere', async () => {
    const contact = sim.contact({ customerName: 'Amara' })
    const { socket, connectionToken: token } = await agentOn(sim, contact.agent.participantToken)

    await call(sim, 'event', { token, body: { ContentType: typing } })
    await socket.until(() => socket.items.some((item) => item.ContentType === typing))

    expect(contact.truth().typing).toMatchObject([{ role: 'AGENT' }])
    expect(contact.truth().transcript.some((item) => item.ContentType === typing)).toBe(false)
  })

  it('says that the customer left and the chat ended, then refuses the tokens', async () => {
    const contact = sim.contact({ customerName: 'Amara' })
    const { socket, connectionToken: token } = await agentOn(sim, contact.agent.participantToken)

    contact.end()
    const code = await socket.closed
    const after = await call(sim, 'message', {
      token,
      body: { ContentType: 'text/plain', Content: 'Still?' },
    })
    const renewed = await connect(sim, contact.agent.participantToken)

    expect(socket.items.slice(-2).map((item) => item.ContentType)).toEqual([
      'application/vnd.amazonaws.connect.event.participant.left',
      'application/vnd.amazonaws.connect.event.chat.ended',
    ])
    expect(code).toBe(1000)
    expect([after.status, renewed.answer.status]).toEqual([403, 403])
  })
})

describe('a websocket', () => {
  it('gets nothing before it subscribes, and nothing is replayed', async () => {
    const contact = sim.contact({ customerName: 'Amara' })
    const { url } = await connect(sim, contact.agent.participantToken)
    const socket = await TestSocket.open(url)

    contact.say('Too early')
    socket.send({ topic: 'aws/subscribe', content: { topics: ['aws/chat'] } })
    await socket.until(() => socket.frames.length === 1)
    contact.say('In time')
    await socket.until(() => socket.texts.length > 0)

    expect(socket.texts).toEqual(['In time'])
  })

  it('answers heartbeats and pings', async () => {
    const contact = sim.contact({ customerName: 'Amara' })
    const { socket } = await agentOn(sim, contact.agent.participantToken)

    socket.send({ topic: 'aws/heartbeat' })
    socket.send({ topic: 'aws/ping' })
    await socket.until(() => socket.frames.some((frame) => frame['topic'] === 'aws/ping'))

    expect(socket.frames).toContainEqual({ topic: 'aws/heartbeat' })
    expect(socket.frames).toContainEqual({ topic: 'aws/ping', statusCode: 200, statusContent: 'OK' })
  })

  it('opens once per URL', async () => {
    const contact = sim.contact({ customerName: 'Amara' })
    const { url } = await connect(sim, contact.agent.participantToken)
    await TestSocket.open(url)

    await expect(TestSocket.open(url)).rejects.toThrow('403')
  })
})

describe('the bearer rule', () => {
  it('takes the participant token for the connection only', async () => {
    const contact = sim.contact({ customerName: 'Amara' })

    const answer = await call(sim, 'transcript', { token: contact.agent.participantToken })

    expect(answer.status).toBe(403)
    expect(answer.headers.get('x-amzn-errortype')).toBe('AccessDeniedException')
    expect(answer.body).toEqual({ Message: 'Access denied' })
  })
})
