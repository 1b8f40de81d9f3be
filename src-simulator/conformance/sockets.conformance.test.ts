import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { agentOn, connect, TestSocket } from '../testing/chat-client.ts'
import { Stage } from './testing/stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await Stage.open()
})
afterEach(() => stage.close())

const subscribe = (socket: TestSocket): void =>
  socket.send({ topic: 'aws/subscribe', content: { topics: ['aws/chat'] } })

describe('a frame', () => {
  it('is an envelope around the item as JSON text', async () => {
    const contact = stage.contact()
    const { socket } = await agentOn(stage.simulator, contact.agent.participantToken)

    const id = contact.say('Grüße 👋')
    await socket.until(() => socket.texts.length > 0)

    const envelope = JSON.parse(socket.raw.at(-1) ?? '') as Record<string, unknown>
    expect(Object.keys(envelope).sort()).toEqual(['content', 'contentType', 'topic'])
    expect(envelope).toMatchObject({ contentType: 'application/json', topic: 'aws/chat' })
    expect(envelope['content']).toEqual(expect.any(String))
    expect(JSON.parse(String(envelope['content']))).toMatchObject({ Id: id, Content: 'Grüße 👋' })
  })

  it('acknowledges a subscription, and refuses an unknown topic', async () => {
    const { agent } = stage.contact()
    const { url } = await connect(stage.simulator, agent.participantToken)
    const socket = await TestSocket.open(url)

    socket.send({ topic: 'aws/subscribe', content: { topics: ['aws/else'] } })
    // One shipped client really sends this bracket.
    socket.send('{"topic":"aws/subscribe","content":{"topics":["aws/chat"]}})')
    await socket.until(() => socket.frames.filter(({ topic }) => topic === 'aws/subscribe').length === 2)

    const acknowledgements = socket.frames.filter(({ topic }) => topic === 'aws/subscribe')
    expect(acknowledgements).toEqual([
      { topic: 'aws/subscribe', content: { status: 'failure', topics: ['aws/else'] } },
      { topic: 'aws/subscribe', content: { status: 'success', topics: ['aws/chat'] } },
    ])
  })

  it('comes to five sockets of a participant, and a sixth is not opened', async () => {
    const contact = stage.contact()
    const sockets: TestSocket[] = []
    for (let count = 0; count < 5; count += 1) {
      const { url } = await connect(stage.simulator, contact.agent.participantToken)
      sockets.push(await TestSocket.subscribed(url))
    }
    const { url } = await connect(stage.simulator, contact.agent.participantToken)

    await expect(TestSocket.open(url)).rejects.toThrow()
    contact.say('To all of you')
    for (const socket of sockets) await socket.until(() => socket.texts.includes('To all of you'))
  })

  it('reaches a socket only after its subscription, and is never sent again', async () => {
    const contact = stage.contact()
    const { url } = await connect(stage.simulator, contact.agent.participantToken)
    const socket = await TestSocket.open(url)

    contact.say('Too early')
    subscribe(socket)
    await socket.until(() => socket.frames.length > 0)
    contact.say('In time')
    await socket.until(() => socket.texts.length > 0)

    expect(socket.texts).toEqual(['In time'])
  })

  it('answers a heartbeat and a ping, each with its own', async () => {
    const { agent } = stage.contact()
    const { socket } = await agentOn(stage.simulator, agent.participantToken)
    const before = socket.frames.length

    socket.send({ topic: 'aws/heartbeat' })
    await socket.until(() => socket.frames.length === before + 1)
    socket.send({ topic: 'aws/ping' })
    await socket.until(() => socket.frames.length === before + 2)

    expect(socket.frames.slice(before)).toEqual([
      { topic: 'aws/heartbeat' },
      { topic: 'aws/ping', statusCode: 200, statusContent: 'OK' },
    ])
  })
})

it('a websocket URL opens one socket', async () => {
  const { agent } = stage.contact()
  const { url } = await connect(stage.simulator, agent.participantToken)
  await TestSocket.open(url)

  await expect(TestSocket.open(url)).rejects.toThrow('403')
})
