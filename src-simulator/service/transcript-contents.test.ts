import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContactHandle } from '../contact-handle.ts'
import type { Simulator } from '../simulator.ts'
import { startSimulator } from '../simulator.ts'
import { call, connect } from '../testing/chat-client.ts'
import type { Page } from '../testing/transcript-reader.ts'
import { numbers, TranscriptReader } from '../testing/transcript-reader.ts'

let sim: Simulator
let contact: ContactHandle
let reader: TranscriptReader
beforeEach(async () => {
  sim = await startSimulator()
  contact = sim.contact({ customerName: 'Amara', customerIsPresent: false })
  reader = await TranscriptReader.of(sim, contact)
})
afterEach(() => sim.close())

const read = (request: object, by?: string): Promise<Page> => reader.read(request, by)

describe('what a transcript holds', () => {
  it('has arrivals and endings, but neither typing nor idling', async () => {
    contact.type()
    contact.event({ contentType: 'application/vnd.amazonaws.connect.event.participant.idle' })
    contact.say('Hello')
    contact.event({
      contentType: 'application/vnd.amazonaws.connect.event.participant.joined',
      role: 'SUPERVISOR',
    })

    const { items } = await read({ SortOrder: 'ASCENDING' })

    expect(items.map((item) => item.ContentType)).toEqual([
      'text/plain',
      'application/vnd.amazonaws.connect.event.participant.joined',
    ])
  })

  it('has times that are all different and never go back', async () => {
    contact.sayAll(numbers(1, 50))
    for (const text of numbers(51, 90)) contact.say(text)

    const { items } = await read({ MaxResults: 100, SortOrder: 'ASCENDING' })
    const times = items.map((item) => Date.parse(item.AbsoluteTime))

    expect(times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0))).toBe(true)
  })

  it('has the receipts of a message', async () => {
    const { connectionToken } = await connect(sim, contact.agent.participantToken)
    contact.say('Seen?')
    const sent = await call(sim, 'message', {
      token: reader.token,
      body: { ContentType: 'text/plain', Content: 'Yes' },
    })
    contact.acknowledge('read', String(sent.body['Id']))

    const { items } = await read({ SortOrder: 'ASCENDING' }, connectionToken)

    expect(items.at(-1)?.MessageMetadata).toEqual({
      MessageId: sent.body['Id'],
      Receipts: [
        {
          DeliveredTimestamp: expect.any(String) as string,
          ReadTimestamp: expect.any(String) as string,
          RecipientParticipantId: contact.customer.participantId,
        },
      ],
    })
  })

  it('goes on after a transfer, and can be narrowed to one contact of the chain', async () => {
    contact.say('To the first')
    const first = contact.contactId
    contact.event({ contentType: 'application/vnd.amazonaws.connect.event.transfer.succeeded' })
    contact.say('To the second')
    const { connectionToken } = await connect(sim, contact.agent.participantToken)

    const whole = await read({ MaxResults: 100 }, connectionToken)
    const narrowed = await read({ ContactId: contact.contactId }, connectionToken)
    const earlier = await read({ ContactId: first }, connectionToken)

    expect(whole.texts).toEqual(expect.arrayContaining(['To the first', 'To the second']))
    expect(narrowed.texts.filter(Boolean)).toEqual(['To the second'])
    expect(earlier.texts.filter(Boolean)).toEqual(['To the first'])
    expect(contact.contactId).not.toBe(first)
  })

  it('leads from a continued conversation back into the one before', async () => {
    contact.sayAll(numbers(1, 3))
    contact.end()
    const later = sim.contact({
      customerName: 'Amara',
      persistentFrom: contact.contactId,
      customerIsPresent: false,
    })
    later.say('4')
    const { connectionToken } = await connect(sim, later.agent.participantToken)

    const first = await read({ MaxResults: 10 }, connectionToken)
    const older = await read({ MaxResults: 10, NextToken: first.next }, connectionToken)

    expect(first.texts.filter(Boolean)).toEqual(['4'])
    expect(older.texts.filter(Boolean)).toEqual(numbers(3, 1))
    expect(older.items.every((item) => item.ContactId === undefined)).toBe(true)
    expect(older.items[0]?.RelatedContactId).toBe(contact.contactId)
  })
})
