import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContactHandle } from '../contact-handle.ts'
import { contentTypes } from '../room/content-types.ts'
import type { ChatJsClient } from './testing/chat-js.ts'
import { SdkClient } from './testing/sdk-client.ts'
import { sdkV2 } from './testing/sdk-v2.ts'
import { sdkV3 } from './testing/sdk-v3.ts'
import { heard, ofType, Stage, withId } from './testing/stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await Stage.open()
})
afterEach(() => stage.close())

const heartbeatMs = 10_000
const rotationMs = 3_540_000
const subscriptionCheckMs = 1000
const networkCheckMs = 250

describe('ChatJS on a lost socket', () => {
  async function chatting(): Promise<{ contact: ContactHandle; client: ChatJsClient }> {
    const contact = stage.contact()
    const client = stage.inPage(stage.page(), contact, 'CUSTOMER')
    await client.connect()
    return { contact, client }
  }

  const again = (client: ChatJsClient): Promise<void> => client.until(() => client.page.subscriptions > 1)
  const urlsFetched = (): number =>
    stage.simulator.requests({ operation: 'CreateParticipantConnection' }).length

  it.each([
    { how: 'cut', status: undefined },
    { how: 'closed with 1000', status: 1000 },
    { how: 'closed with 1001', status: 1001 },
    { how: 'closed with 1011', status: 1011 },
  ])('takes a new one when it is $how, and the chat goes on', async ({ status }) => {
    const { contact, client } = await chatting()

    stage.simulator.faults.add({ kind: 'drop-sockets', ...(status !== undefined && { status }) })
    await client.until(() => client.signals.includes('onConnectionLost'))
    const missed = contact.say('Are you there?')
    await again(client)
    await heard(client, withId(contact.say('Hello again')))

    expect(urlsFetched()).toBe(2)
    expect(client.items.some(withId(missed))).toBe(false)
    const { Transcript = [] } = await client.perform('GetTranscript', { MaxResults: 5 })
    expect(Transcript.map(({ Id }) => Id)).toContain(missed)
  })

  it('replaces one whose heartbeat stays unanswered, before the old one is closed', async () => {
    const { contact, client } = await chatting()
    const { browser } = client.page

    stage.simulator.faults.add({ kind: 'mute-heartbeat', count: 1 })
    browser.hurry((delayMs) => delayMs === heartbeatMs)
    await heard(client, withId(contact.say('In between')))
    browser.hurry((delayMs) => delayMs === heartbeatMs)
    await again(client)
    await client.until(() => browser.openSockets === 1)
    await heard(client, withId(contact.say('Afterwards')))

    expect(client.signals).not.toContain('onConnectionLost')
    expect(urlsFetched()).toBe(2)
  })

  it('keeps one whose heartbeats are answered', async () => {
    const { contact, client } = await chatting()
    const { browser } = client.page
    const answered = (): number => browser.frames.filter((frame) => frame.includes('"aws/heartbeat"')).length

    for (const count of [2, 3, 4]) {
      browser.hurry((delayMs) => delayMs === heartbeatMs)
      await client.until(() => answered() === count)
    }
    await heard(client, withId(contact.say('All well')))

    expect(urlsFetched()).toBe(1)
    expect(client.page.subscriptions).toBe(1)
  })

  it('rotates after 59 minutes without losing a word', async () => {
    const { contact, client } = await chatting()
    const { browser } = client.page
    const said: string[] = []
    const talk = setInterval(() => said.push(contact.say('And another thing')), 2)
    stage.keep({ close: () => clearInterval(talk) })

    await client.until(() => client.items.length > 3)
    browser.hurry((delayMs) => delayMs === rotationMs)
    await again(client)
    await client.until(() => browser.openSockets === 1)
    const soFar = said.length
    await client.until(() => said.length > soFar + 3)
    clearInterval(talk)
    const last = contact.say('That is all')
    await heard(client, withId(last))

    const ids = new Set(client.items.map(({ Id }) => Id))
    expect(said.filter((id) => !ids.has(id))).toEqual([])
    expect(client.signals).not.toContain('onConnectionLost')
  })

  it('subscribes again when its subscription is answered with Forbidden', async () => {
    stage.simulator.faults.add({ kind: 'forbidden-frame', count: 1, operation: 'WebSocket' })
    const contact = stage.contact()
    const client = stage.inPage(stage.page(), contact, 'CUSTOMER')
    const { browser } = client.page

    const connecting = client.connect()
    await client.until(() => browser.frames.some((frame) => frame.includes('Forbidden')))
    browser.hurry((delayMs) => delayMs === subscriptionCheckMs)
    await connecting

    await heard(client, withId(contact.say('Now?')))
  })

  it('asks for another URL when its own has expired', async () => {
    stage.simulator.faults.add({ kind: 'expire-socket-url' })
    const { contact, client } = await chatting()

    await heard(client, withId(contact.say('Hello')))
    const handshakes = stage.simulator.requests({ operation: 'WebSocket' }).map(({ status }) => status)
    expect(handshakes).toEqual([403, 101])
  })

  it('tells of a deep heartbeat that fails, and of one that succeeds', async () => {
    const { client } = await chatting()
    await client.until(() => client.signals.includes('onDeepHeartbeatSuccess'))

    stage.simulator.faults.add({ kind: 'ping-500', count: 1 })
    client.page.browser.hurry((delayMs) => delayMs === heartbeatMs)

    await client.until(() => client.signals.includes('onDeepHeartbeatFailure'))
  })

  it('waits while the machine is offline', async () => {
    const { contact, client } = await chatting()
    const { browser } = client.page

    browser.online = false
    browser.hurry((delayMs) => delayMs === networkCheckMs)
    stage.simulator.faults.add({ kind: 'drop-sockets' })
    await client.until(() => client.signals.includes('onConnectionLost'))
    expect(urlsFetched()).toBe(1)
    browser.online = true
    browser.hurry((delayMs) => delayMs === networkCheckMs)
    await again(client)

    await heard(client, withId(contact.say('Back again')))
  })

  it('takes a refused reconnection for the end of the chat', async () => {
    const { contact, client } = await chatting()

    stage.simulator.faults.add({ kind: 'drop-sockets' })
    contact.end()
    const ended = await heard(client, ofType(contentTypes.ended))
    await client.until(() => client.signals.includes('onEnded'))

    // It makes this one up itself.
    expect(ended).toMatchObject({ Id: '', AbsoluteTime: '' })
  })

  it('gives up for good when the service cannot be reached at all', async () => {
    const { contact, client } = await chatting()
    const { contactId } = contact

    stage.simulator.faults.add({
      kind: 'refuse-connections',
      operation: 'CreateParticipantConnection',
      contactId,
    })
    stage.simulator.faults.add({ kind: 'drop-sockets' })

    await client.until(() => client.signals.includes('onConnectionBroken'))
  })

  it('renews its connection token a minute before that expires', async () => {
    const { contact, client } = await chatting()
    const hour = 3_600_000

    const renewals = client.page.browser.hurry((delayMs) => delayMs > 23 * hour && delayMs < 24 * hour)
    await client.until(() => urlsFetched() === 2)
    const sent = await client.perform('SendMessage', { ContentType: 'text/plain', Content: 'Still here' })

    expect(renewals).toBe(1)
    await heard(client, withId(sent.Id))
    expect(contact.truth().transcript.map(({ Id }) => Id)).toContain(sent.Id)
  })
})

it('closes a socket when its time is over, and ChatJS takes another', async () => {
  stage.simulator.set({ connectionExpiryMs: 300 })
  const contact = stage.contact()
  const client = stage.inPage(stage.page(), contact, 'CUSTOMER')
  await client.connect()
  stage.simulator.set({ connectionExpiryMs: 3_600_000 })

  await client.until(() => client.page.subscriptions > 1)

  await heard(client, withId(contact.say('Still there?')))
})

describe.each([
  { kind: sdkV2, role: 'CUSTOMER' as const },
  { kind: sdkV2, role: 'AGENT' as const },
  { kind: sdkV3, role: 'CUSTOMER' as const },
  { kind: sdkV3, role: 'AGENT' as const },
])('$kind.name as $role on a lost socket', ({ kind, role }) => {
  it('connects again and fills the gap from the transcript', async () => {
    const contact = stage.contact()
    const client = await stage.connected(kind, contact, role)
    const last = contact.say('Before')
    await heard(client, withId(last))

    stage.simulator.faults.add({ kind: 'drop-sockets' })
    if (client instanceof SdkClient) await client.sockets[0]?.closed
    const missed = contact.sayAll(['Lost one', 'Lost two'])
    await client.connect()
    const next = contact.say('After')
    await heard(client, withId(next))
    const { Transcript = [] } = await client.perform('GetTranscript', {
      StartPosition: { Id: last },
      ScanDirection: 'FORWARD',
      SortOrder: 'ASCENDING',
      MaxResults: 100,
    })

    expect(client.items.some(({ Id }) => missed.includes(Id))).toBe(false)
    expect(Transcript.map(({ Id }) => Id)).toEqual([last, ...missed, next])
  })
})
