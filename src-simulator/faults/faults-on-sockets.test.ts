import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContactHandle } from '../contact-handle.ts'
import type { Simulator } from '../simulator.ts'
import { startSimulator } from '../simulator.ts'
import type { Answer, TestSocket } from '../testing/chat-client.ts'
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

const say = (Content: string, ClientToken?: string): Promise<Answer> =>
  call(sim, 'message', { token, body: { Content, ContentType: 'text/plain', ClientToken } })

const kept = (): (string | undefined)[] =>
  contact
    .truth()
    .transcript.filter((item) => item.Type === 'MESSAGE')
    .map((item) => item.Content)

describe('faults on sockets', () => {
  it('drop-sockets cuts those of one contact and leaves the others', async () => {
    const other = sim.contact({ customerName: 'Jonas' })
    const { socket: spared } = await agentOn(sim, other.agent.participantToken)

    sim.faults.add({ kind: 'drop-sockets', contactId: contact.contactId })
    const code = await socket.closed
    other.say('Still here')
    await spared.until(() => spared.texts.length === 1)

    expect(code).toBe(1006)
    expect(contact.sockets).toBe(0)
  })

  it('drop-sockets with a status closes politely', async () => {
    sim.faults.add({ kind: 'drop-sockets', status: 1001 })

    await expect(socket.closed).resolves.toBe(1001)
  })

  it('half-open swallows both ways, keeps the socket open, and spares new ones', async () => {
    sim.faults.add({ kind: 'half-open' })
    socket.send({ topic: 'aws/heartbeat' })
    contact.say('Into the void')
    const { socket: fresh } = await agentOn(sim, contact.agent.participantToken)
    contact.say('Heard')
    await fresh.until(() => fresh.texts.includes('Heard'))

    expect(socket.texts).toEqual([])
    expect(socket.frames).not.toContainEqual({ topic: 'aws/heartbeat' })
    expect(contact.sockets).toBe(2)
  })

  it('half-open ends with the socket cut', async () => {
    sim.faults.add({ kind: 'half-open', durationMs: 30 })

    await expect(socket.closed).resolves.toBe(1006)
  })

  it('half-open on new websockets lets them in and never answers', async () => {
    sim.faults.add({ kind: 'half-open', operation: 'WebSocket' })
    const { url } = await connect(sim, contact.agent.participantToken)
    const deaf = await Socket.open(url)
    deaf.send({ topic: 'aws/subscribe', content: { topics: ['aws/chat'] } })
    sim.faults.clear()
    await deaf.closed

    expect(deaf.frames).toEqual([])
  })

  it('mute-heartbeat swallows the echo and nothing else', async () => {
    sim.faults.add({ kind: 'mute-heartbeat' })
    socket.send({ topic: 'aws/heartbeat' })
    socket.send({ topic: 'aws/ping' })
    await socket.until(() => socket.frames.some((frame) => frame['topic'] === 'aws/ping'))

    expect(socket.frames).not.toContainEqual({ topic: 'aws/heartbeat' })
  })

  it('ping-500 fails the deep heartbeat', async () => {
    sim.faults.add({ kind: 'ping-500', count: 1 })
    socket.send({ topic: 'aws/ping' })
    socket.send({ topic: 'aws/ping' })
    await socket.until(() => socket.frames.filter((frame) => frame['topic'] === 'aws/ping').length === 2)

    const pings = socket.frames.filter((frame) => frame['topic'] === 'aws/ping')
    expect(pings.map((frame) => frame['statusCode'])).toEqual([500, 200])
  })

  it('forbidden-frame sends the gateway’s own words, and with a count refuses to subscribe', async () => {
    sim.faults.add({ kind: 'forbidden-frame', count: 1 })
    const { url } = await connect(sim, contact.agent.participantToken)
    const next = await Socket.open(url)
    next.send({ topic: 'aws/subscribe', content: { topics: ['aws/chat'] } })
    await next.until(() => next.frames.length === 1)
    await socket.until(() => socket.frames.at(-1)?.['message'] === 'Forbidden')

    expect(next.frames).toMatchObject([{ message: 'Forbidden' }])
  })

  it('expire-socket-url spoils the URL at hand and the next one', async () => {
    const { url } = await connect(sim, contact.agent.participantToken)
    sim.faults.add({ kind: 'expire-socket-url' })
    const { url: next } = await connect(sim, contact.agent.participantToken)
    const { url: good } = await connect(sim, contact.agent.participantToken)

    await expect(Socket.open(url)).rejects.toThrow('403')
    await expect(Socket.open(next)).rejects.toThrow('403')
    await expect(Socket.open(good)).resolves.toBeInstanceOf(Socket)
  })
})

describe('faults on frames', () => {
  it('duplicate-frames sends each twice', async () => {
    sim.faults.add({ kind: 'duplicate-frames' })
    contact.say('Twice')
    await socket.until(() => socket.texts.length === 2)

    expect(socket.texts).toEqual(['Twice', 'Twice'])
    expect(kept()).toEqual(['Twice'])
  })

  it('reorder-frames swaps pairs and loses none', async () => {
    sim.faults.add({ kind: 'reorder-frames' })
    for (const text of ['1', '2', '3', '4', '5']) contact.say(text)
    await socket.until(() => socket.texts.length === 5)

    expect(socket.texts).toEqual(['2', '1', '4', '3', '5'])
  })

  it('missing-fields takes what a reader can do without, and adds fragments without an id', async () => {
    sim.faults.add({ kind: 'missing-fields' })
    for (let turn = 0; turn < 14; turn += 1) contact.say(`Number ${turn}`)
    await socket.until(() => socket.texts.filter(Boolean).length === 14)

    const whole = socket.items.filter((item) => item.Content?.startsWith('Number'))
    expect(whole.every((item) => item.Id !== '' && item.AbsoluteTime !== '')).toBe(true)
    expect(whole.some((item) => item.DisplayName === undefined)).toBe(true)
    expect(socket.items.some((item) => !('Id' in item))).toBe(true)
  })

  it('unknown-types adds frames nobody knows, and keeps none of them', async () => {
    sim.faults.add({ kind: 'unknown-types' })
    for (let turn = 0; turn < 8; turn += 1) contact.say(`Number ${turn}`)
    await socket.until(() => socket.texts.length === 8)

    expect(socket.raw).toContain('no json at all')
    expect(contact.truth().transcript.some((item) => item.Id.startsWith('stranger'))).toBe(false)
  })

  it.each([
    ['truncated', (frame: string) => frame.startsWith('{') && !frame.endsWith('}')],
    ['encoded-twice', (frame: string) => typeof JSON.parse(frame) === 'string'],
    ['in-list', (frame: string) => Array.isArray(JSON.parse(frame))],
    ['over-1-mb', (frame: string) => frame.length > 1_000_000],
    ['binary', (frame: string) => frame.includes('Hello')],
    ['not-json', (frame: string) => frame.startsWith('<')],
  ] as const)('unreadable-frames in the form %s keep the item in the transcript', async (form, isMeant) => {
    sim.faults.add({ kind: 'unreadable-frames', form, count: 1 })
    const before = socket.raw.length
    contact.say('Hello')
    await socket.until(() => socket.raw.length > before)

    expect(socket.raw.at(-1)).toSatisfy(isMeant)
    expect(kept()).toEqual(['Hello'])
  })

  it('echo-before-response lets the echo arrive first', async () => {
    sim.faults.add({ kind: 'echo-before-response', operation: 'SendMessage' })
    let hasReply = false

    const reply = say('First the echo').then(() => {
      hasReply = true
    })
    await socket.until(() => socket.texts.length === 1)

    expect(hasReply).toBe(false)
    await reply
  })

  it('echoDelayMs lets the reply arrive first', async () => {
    const clock = new ManualClock()
    const slow = await startSimulator({ clock, switches: { echoDelayMs: 100 } })
    const { participantToken } = slow.contact({ customerName: 'Jonas' }).agent
    const agent = await agentOn(slow, participantToken)

    const body = { ContentType: 'text/plain', Content: 'First the reply' }
    await call(slow, 'message', { token: agent.connectionToken, body })
    const early = agent.socket.texts.length
    clock.advance(100)
    await agent.socket.until(() => agent.socket.texts.length === 1)
    await slow.close()

    expect(early).toBe(0)
  })
})
