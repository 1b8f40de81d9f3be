import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContactHandle } from '../contact-handle.ts'
import { contentTypes } from '../room/content-types.ts'
import type { Simulator } from '../simulator.ts'
import { startSimulator } from '../simulator.ts'
import { agentOn, call, connect } from '../testing/chat-client.ts'

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

const say = (Content: string, ContentType = 'text/plain'): ReturnType<typeof call> =>
  call(sim, 'message', { token, body: { Content, ContentType } })

describe('a request that breaks a limit', () => {
  it.each([
    ['message', {}, /2 validation errors detected: Value null at 'contentType'.*Member must not be null/],
    [
      'message',
      { ContentType: 'text/plain', Content: '' },
      /Value '' at 'content'.*length greater than or equal to 1$/,
    ],
    [
      'message',
      { ContentType: 'text/plain', Content: 'x'.repeat(1025) },
      /length less than or equal to 1024/,
    ],
    ['message', { ContentType: 'text/html', Content: 'x' }, /text\/html is not supported/],
    [
      'event',
      { ContentType: 'application/vnd.amazonaws.connect.event.chat.ended' },
      /not supported for SendEvent/,
    ],
    ['event', { ContentType: contentTypes.read, Content: { messageId: 'x' } }, /Member must be a string/],
    ['event', { ContentType: contentTypes.read, Content: 'not json' }, /messageId/],
    ['transcript', { MaxResults: 101 }, /Value at 'maxResults'.*value less than or equal to 100/],
    ['transcript', { ScanDirection: 'UP' }, /enum value set: \[FORWARD, BACKWARD\]/],
    [
      'complete-attachment-upload',
      { AttachmentIds: ['a', 'b'], ClientToken: 'c' },
      /less than or equal to 1/,
    ],
    ['authentication-url', { SessionId: 'short', RedirectUri: 'https://a' }, /'sessionId'.*equal to 36/],
  ])('is answered in the words of the service: %s %j', async (path, body, message) => {
    const answer = await call(sim, path, { token, body })

    expect(answer.status).toBe(400)
    expect(answer.headers.get('x-amzn-errortype')).toBe('ValidationException')
    expect(answer.body['Message']).toMatch(message)
  })

  it('is counted as the switch says', async () => {
    const emoji = '😀'.repeat(600)

    const inCharacters = await say(emoji)
    sim.set({ textLengthIn: 'utf-16-units' })
    const inUnits = await say(emoji)
    sim.set({ maxTextLength: 16_384, textLengthIn: 'bytes' })
    const inBytes = await say(emoji)

    expect([inCharacters.status, inUnits.status, inBytes.status]).toEqual([200, 400, 200])
  })

  it('is refused before its JSON is read when the token is bad', async () => {
    const response = await fetch(`${sim.endpoint}/participant/message`, { method: 'POST', body: '{' })
    const signed = await fetch(`${sim.endpoint}/participant/message`, {
      method: 'POST',
      body: '{',
      headers: { 'X-Amz-Bearer': token },
    })

    expect([response.status, signed.status]).toEqual([403, 400])
  })
})

describe('tokens', () => {
  it('are recognisable wherever they leak', async () => {
    const { url, connectionToken } = await connect(sim, contact.agent.participantToken)

    expect(contact.agent.participantToken).toMatch(/^CANARY-PT-[0-9a-f]{32}$/)
    expect(connectionToken).toMatch(/^CANARY-CT-[0-9a-f]{32}$/)
    expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/socket\?.*CANARY-WS-[0-9a-f]{32}$/)
  })

  it('of a connection last a day, sockets 66 minutes', async () => {
    const { answer } = await connect(sim, contact.agent.participantToken)
    const { Websocket, ConnectionCredentials } = answer.body as {
      Websocket: { ConnectionExpiry: string }
      ConnectionCredentials: { Expiry: string }
    }

    expect((Date.parse(ConnectionCredentials.Expiry) - Date.now()) / 3_600_000).toBeCloseTo(24, 1)
    expect((Date.parse(Websocket.ConnectionExpiry) - Date.now()) / 60_000).toBeCloseTo(66, 0)
  })

  it('still read, but no longer write, within the grace after the end', async () => {
    sim.set({ graceAfterEndMs: 60_000 })
    contact.end()

    const reading = await call(sim, 'transcript', { token })
    const writing = await say('Too late')

    expect([reading.status, writing.status]).toEqual([200, 403])
  })

  it('of an offer nobody took are good for nothing', async () => {
    const missed = contact.agent.participantToken
    sim.offers.reject(contact.offer().offerId)

    const { answer } = await connect(sim, missed)

    expect(answer.status).toBe(403)
    expect(contact.agent.participantToken).not.toBe(missed)
  })
})

describe('web pages', () => {
  it('may call the service and read its refusals, unless the switch forbids the latter', async () => {
    const url = `${sim.endpoint}/participant/message`
    const asked = await fetch(url, {
      method: 'OPTIONS',
      headers: { 'access-control-request-headers': 'x-amz-bearer,content-type' },
    })
    const refused = await fetch(url, { method: 'POST' })
    sim.set({ errorsCarryCors: false })
    const bare = await fetch(url, { method: 'POST' })

    expect(asked.headers.get('access-control-allow-headers')).toContain('x-amz-bearer')
    expect(refused.headers.get('access-control-allow-origin')).toBe('*')
    expect(bare.headers.get('access-control-allow-origin')).toBeNull()
  })
})
