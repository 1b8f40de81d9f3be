import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContactHandle } from '../contact-handle.ts'
import { contentTypes } from '../room/content-types.ts'
import type { Simulator } from '../simulator.ts'
import { startSimulator } from '../simulator.ts'
import type { TestSocket } from '../testing/chat-client.ts'
import { agentOn, call } from '../testing/chat-client.ts'

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

const say = (Content: string): ReturnType<typeof call> =>
  call(sim, 'message', { token, body: { Content, ContentType: 'text/plain' } })

describe('what the sources leave open', () => {
  it.each([
    ['transfer-then-left', [contentTypes.transferSucceeded, contentTypes.left]],
    ['left-then-transfer', [contentTypes.left, contentTypes.transferSucceeded]],
    ['transfer-only', [contentTypes.transferSucceeded]],
  ])('a transfer is told as %s', async (eventOrderAtTransfer, told) => {
    sim.set({ eventOrderAtTransfer })
    contact.event({ contentType: contentTypes.transferSucceeded })
    await socket.closed

    expect(socket.items.slice(-told.length).map((item) => item.ContentType)).toEqual(told)
  })

  it('a message can be processed for a while, and be refused in the end', async () => {
    sim.set({ messageProcessing: 'rejects' })
    const sent = await say('Processed')
    await socket.until(() => socket.texts.length === 2)

    expect(sent.body['MessageMetadata']).toMatchObject({ MessageProcessingStatus: 'PROCESSING' })
    expect(socket.items.at(-1)).toMatchObject({
      Id: sent.body['Id'],
      MessageMetadata: { MessageProcessingStatus: 'REJECTED' },
    })
    expect(contact.truth().transcript.filter((item) => item.Content === 'Processed')).toHaveLength(1)
  })

  it('a ClientToken can be forgotten', async () => {
    sim.set({ forgetClientTokenAfterMs: 0 })
    const body = { ContentType: 'text/plain', Content: 'Twice', ClientToken: 'token-1' }
    await call(sim, 'message', { token, body })
    await call(sim, 'message', { token, body })

    expect(contact.truth().clientTokens).toEqual({ 'token-1': 2 })
  })

  it('sockets can stay open after the end', async () => {
    sim.set({ closeCodeAtEnd: null })
    contact.end()
    await socket.until(() => socket.items.some((item) => item.ContentType === contentTypes.ended))
    socket.send({ topic: 'aws/heartbeat' })
    await socket.until(() => socket.frames.at(-1)?.['topic'] === 'aws/heartbeat')

    expect(contact.sockets).toBe(1)
  })

  it('receipts and typing can be kept from those who caused them', async () => {
    sim.set({ metadataToAll: false, typingEchoed: false })
    const messageId = contact.say('Seen by the agent')
    await call(sim, 'event', { token, body: { ContentType: contentTypes.typing } })
    await call(sim, 'event', {
      token,
      body: { ContentType: contentTypes.read, Content: JSON.stringify({ messageId }) },
    })
    contact.say('Last')
    await socket.until(() => socket.texts.includes('Last'))

    expect(socket.items.map((item) => item.ContentType)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/typing|metadata/)]),
    )
  })
})
