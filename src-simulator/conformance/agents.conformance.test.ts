import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contentTypes } from '../room/content-types.ts'
import { chatJs } from './testing/chat-js.ts'
import { kinds } from './testing/kinds.ts'
import { sdkV3 } from './testing/sdk-v3.ts'
import { heard, ofType, refusal, Stage, withId } from './testing/stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await Stage.open({ sharedAgentSocket: true })
})
afterEach(() => stage.close())

describe('an agent with ChatJS and one socket for all chats', () => {
  it('acknowledges each chat once', async () => {
    const contact = stage.contact()
    const client = stage.inPage(stage.page(), contact, 'AGENT')
    const customer = await stage.connected(sdkV3, contact, 'CUSTOMER')

    await client.connect()

    expect(await heard(customer, ofType(contentTypes.joined))).toMatchObject({
      ParticipantId: contact.agent.participantId,
      ParticipantRole: 'AGENT',
    })
  })

  it('falls back on the participant token when there is no token to be had', async () => {
    const contact = stage.contact()
    const page = stage.page()
    page.desk.refusesTokens = true
    const client = stage.inPage(page, contact, 'AGENT')

    await client.connect()
    const sent = await client.perform('SendMessage', { ContentType: 'text/plain', Content: 'Good morning' })

    await heard(client, withId(sent.Id))
    const agent = contact.truth().participants.find(({ role }) => role === 'AGENT')
    expect(agent?.presence).toBe('present')
  })

  it('hears every chat in its own session', async () => {
    const page = stage.page()
    const [first, second] = [
      stage.contact({ customerName: 'Amara' }),
      stage.contact({ customerName: 'Boris' }),
    ]
    const forFirst = stage.inPage(page, first, 'AGENT')
    const forSecond = stage.inPage(page, second, 'AGENT')
    await forFirst.connect()
    await forSecond.connect()

    await heard(forFirst, withId(first.say('From Amara')))
    await heard(forSecond, withId(second.say('From Boris')))

    const heardBy = (client: typeof forFirst): readonly (string | undefined)[] =>
      client.items.filter(({ Type }) => Type === 'MESSAGE').map(({ Content }) => Content)
    expect([heardBy(forFirst), heardBy(forSecond)]).toEqual([['From Amara'], ['From Boris']])
    expect(page.browser.openSockets).toBe(1)
  })

  it('keeps the socket for the other chats when one chat ends', async () => {
    const page = stage.page()
    const [first, second] = [stage.contact(), stage.contact()]
    const forFirst = stage.inPage(page, first, 'AGENT')
    const forSecond = stage.inPage(page, second, 'AGENT')
    await forFirst.connect()
    await forSecond.connect()

    first.end()
    await forFirst.until(() => forFirst.signals.includes('onEnded'))
    await heard(forSecond, withId(second.say('And me?')))

    expect(forSecond.signals).not.toContain('onConnectionLost')
    expect(stage.simulator.requests({ operation: 'WebSocket' })).toHaveLength(1)
  })

  it('is told who read what, without a contact in the frame', async () => {
    const contact = stage.contact()
    const client = stage.inPage(stage.page(), contact, 'AGENT')
    await client.connect()
    const sent = await client.perform('SendMessage', { ContentType: 'text/plain', Content: 'Good morning' })

    contact.acknowledge('delivered', sent.Id ?? '')
    contact.acknowledge('read', sent.Id ?? '')
    await client.until(() => client.heardThrough.includes('onReadReceipt'))

    const receipts: readonly object[] = client.items.filter(ofType(contentTypes.metadata))
    expect(client.heardThrough.filter((topic) => topic.endsWith('Receipt'))).toEqual([
      'onDeliveredReceipt',
      'onReadReceipt',
    ])
    for (const receipt of receipts) {
      expect(receipt).toHaveProperty('MessageMetadata.MessageId', sent.Id)
      expect(receipt).not.toHaveProperty('ContactId')
      expect(receipt).not.toHaveProperty('InitialContactId')
    }
  })
})

describe.each(kinds)('with $name', (kind) => {
  it('an agent who hands over is out, and the next one reads the whole chat', async () => {
    const contact = stage.contact()
    const customer = await stage.connected(kind, contact, 'CUSTOMER')
    const first = await stage.connected(kind, contact, 'AGENT')
    const question = contact.say('My parcel is lost')
    await heard(first, withId(question))
    const before = contact.contactId

    contact.event({ contentType: contentTypes.transferSucceeded, displayName: 'Specialist' })
    await heard(first, ofType(contentTypes.transferSucceeded))
    const next = await stage.connected(kind, contact, 'AGENT')
    const joined = await heard(
      customer,
      ({ ContentType, DisplayName }) => ContentType === contentTypes.joined && DisplayName === 'Specialist',
    )
    const { Transcript = [] } = await next.perform('GetTranscript', { MaxResults: 100 })
    const refused = await refusal(first, 'SendMessage', { ContentType: 'text/plain', Content: 'Wait' })

    expect(joined.InitialContactId).toBe(contact.initialContactId)
    expect(joined.ContactId).not.toBe(before)
    expect(Transcript.map(({ Id }) => Id)).toContain(question)
    expect(refused.status).toBe(403)
  })

  it('nobody can do anything once the chat has ended', async () => {
    const contact = stage.contact()
    const customer = await stage.connected(kind, contact, 'CUSTOMER')
    const latecomer = stage.client(kind, contact, 'AGENT')

    contact.end('system')
    await heard(customer, ofType(contentTypes.ended))
    const connection = await refusal(latecomer, 'CreateParticipantConnection', {
      Type: ['WEBSOCKET', 'CONNECTION_CREDENTIALS'],
    })

    expect(customer.items.some(ofType(contentTypes.left))).toBe(false)
    expect(connection.name).toBe(kind === chatJs ? 'Error' : 'AccessDeniedException')
  })
})

const sdks = kinds.filter((kind) => kind !== chatJs)

describe.each(sdks)('an agent with $name', (kind) => {
  it('ends the chat by disconnecting, and is refused from then on', async () => {
    const contact = stage.contact()
    const customer = await stage.connected(kind, contact, 'CUSTOMER')
    const agent = await stage.connected(kind, contact, 'AGENT')

    await agent.perform('DisconnectParticipant', {})
    await heard(customer, ofType(contentTypes.ended))

    expect(customer.items.slice(-2)).toMatchObject([
      { ContentType: contentTypes.left, ParticipantRole: 'AGENT' },
      { ContentType: contentTypes.ended },
    ])
    const calls = [
      refusal(agent, 'SendMessage', { ContentType: 'text/plain', Content: 'Oh' }),
      refusal(agent, 'GetTranscript', {}),
      refusal(agent, 'CreateParticipantConnection', { Type: ['CONNECTION_CREDENTIALS'] }),
    ]
    for (const refused of await Promise.all(calls))
      expect(refused).toMatchObject({ name: 'AccessDeniedException', status: 403 })
  })
})
