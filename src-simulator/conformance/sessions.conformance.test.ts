import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contentTypes } from '../room/content-types.ts'
import { kinds } from './testing/kinds.ts'
import type { ParticipantClient } from './testing/participant-client.ts'
import { heard, ofType, Stage, withId } from './testing/stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await Stage.open()
})
afterEach(() => stage.close())

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

const say = (client: ParticipantClient, text: string, contentType = 'text/plain') =>
  client.perform('SendMessage', { ContentType: contentType, Content: text })

const pairs = kinds.flatMap((customerKind) =>
  kinds.map((agentKind) => ({
    customerKind,
    agentKind,
    names: `${customerKind.name} and ${agentKind.name}`,
  })),
)

describe.each(pairs)('a customer and an agent with $names', ({ customerKind, agentKind }) => {
  async function meet() {
    const contact = stage.contact({ customerIsPresent: false })
    const customer = await stage.connected(customerKind, contact, 'CUSTOMER')
    await heard(customer, ofType(contentTypes.joined, 'CUSTOMER'))
    const agent = await stage.connected(agentKind, contact, 'AGENT')
    await heard(customer, ofType(contentTypes.joined, 'AGENT'))
    return { contact, customer, agent }
  }

  it('talk, type, acknowledge, exchange files and part', async () => {
    const { contact, customer, agent } = await meet()

    const question = await say(customer, 'Where is my parcel?')
    const asked = await heard(agent, withId(question.Id))
    expect(asked).toMatchObject({
      Type: 'MESSAGE',
      ContentType: 'text/plain',
      Content: 'Where is my parcel?',
      ParticipantId: contact.customer.participantId,
      ParticipantRole: 'CUSTOMER',
      DisplayName: 'Amara Okafor',
      ContactId: contact.contactId,
      InitialContactId: contact.initialContactId,
      AbsoluteTime: question.AbsoluteTime,
    })
    expect(asked.Id).toMatch(uuid)
    expect(asked.AbsoluteTime).toMatch(isoTime)
    expect(await heard(customer, withId(question.Id))).toEqual(asked)

    await agent.perform('SendEvent', { ContentType: contentTypes.typing })
    expect(await heard(customer, ofType(contentTypes.typing, 'AGENT'))).toMatchObject({ Type: 'EVENT' })
    await customer.perform('SendEvent', { ContentType: contentTypes.typing })
    await heard(agent, ofType(contentTypes.typing, 'CUSTOMER'))

    const answer = await say(agent, 'It is on **its way**.', 'text/markdown')
    expect(await heard(customer, withId(answer.Id))).toMatchObject({
      ContentType: 'text/markdown',
      Content: 'It is on **its way**.',
      ParticipantRole: 'AGENT',
    })

    const receipt = JSON.stringify({ messageId: question.Id, disableThrottle: true })
    await agent.perform('SendEvent', { ContentType: contentTypes.read, Content: receipt })
    expect(await heard(customer, ofType(contentTypes.metadata))).toMatchObject({
      Type: 'MESSAGEMETADATA',
      MessageMetadata: {
        MessageId: question.Id,
        Receipts: [
          {
            RecipientParticipantId: contact.agent.participantId,
            DeliveredTimestamp: expect.stringMatching(isoTime) as string,
            ReadTimestamp: expect.stringMatching(isoTime) as string,
          },
        ],
      },
    })

    const label = new TextEncoder().encode('Parcel 17')
    await agent.attach({ name: 'label.txt', type: 'text/plain', bytes: label })
    const file = (await heard(customer, ({ Type }) => Type === 'ATTACHMENT')).Attachments?.[0]
    expect(file).toMatchObject({ AttachmentName: 'label.txt', ContentType: 'text/plain', Status: 'APPROVED' })
    expect(await customer.download(file?.AttachmentId ?? '')).toEqual(label)

    await customer.perform('DisconnectParticipant', {})
    await heard(agent, ofType(contentTypes.ended))
    const kept = contact.truth().transcript
    expect(kept.map(({ Type, ContentType }) => ContentType ?? Type)).toEqual([
      contentTypes.joined,
      contentTypes.joined,
      'text/plain',
      'text/markdown',
      'ATTACHMENT',
      contentTypes.left,
      contentTypes.ended,
    ])
    const live = agent.items.filter(({ Id }) => kept.some((item) => item.Id === Id))
    const times = live.map(({ AbsoluteTime }) => AbsoluteTime)
    expect(times).toEqual([...times].sort())
    expect(live.slice(-2).map(({ ContentType }) => ContentType)).toEqual([
      contentTypes.left,
      contentTypes.ended,
    ])
  })

  it('read the same transcript', async () => {
    const { contact, customer, agent } = await meet()
    for (const text of ['One', 'Two']) await say(customer, text)
    await say(agent, 'Three')

    const pages = await Promise.all(
      [customer, agent].map((client) =>
        client.perform('GetTranscript', { MaxResults: 100, SortOrder: 'ASCENDING' }),
      ),
    )

    const [seenByCustomer, seenByAgent] = pages
    expect(seenByCustomer?.Transcript).toEqual(seenByAgent?.Transcript)
    expect(seenByAgent?.InitialContactId).toBe(contact.initialContactId)
    expect(seenByAgent?.Transcript).toEqual(contact.truth().transcript)
  })
})
