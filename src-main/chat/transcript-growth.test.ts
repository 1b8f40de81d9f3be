import { describe, expect, it } from 'vitest'
import { aServiceFile, aServiceMessage, anOwnEcho } from '../testing/service-items.ts'
import { aTranscript, message, texts } from '../testing/transcripts.ts'
import type { Transcript } from './transcript.ts'

describe('receipts', () => {
  const receipt = (messageId: string, readAt: number | null, recipientId = 'customer-1') => ({
    messageId,
    recipientId,
    deliveredAt: 2000,
    readAt,
  })
  const withThree = () => {
    const transcript = aTranscript()
    transcript.merge(
      [1, 2, 3].map((number) => anOwnEcho({ serviceId: `item-${number}`, at: number })),
      'socket',
    )
    return transcript
  }
  const states = (transcript: Transcript) =>
    transcript.entries.map((entry) => (entry.kind === 'message' ? entry.delivery?.state : null))

  it('of one message mean all before it', () => {
    const transcript = withThree()

    transcript.receive([receipt('item-2', 2500)])

    expect(states(transcript)).toEqual(['read', 'read', 'sent'])
  })

  it('of a later message say nothing about one that the processing stopped', () => {
    const transcript = withThree()
    const stopped = anOwnEcho({ serviceId: 'item-1', at: 1, undelivered: 'rejected' })
    transcript.merge([stopped], 'socket')

    transcript.receive([receipt('item-3', 2500)])

    expect(states(transcript)).toEqual(['undelivered', 'read', 'read'])
  })

  it('go forward only', () => {
    const transcript = withThree()
    transcript.receive([receipt('item-2', 2500)])

    transcript.receive([receipt('item-3', null), receipt('item-1', null)])

    expect(states(transcript)).toEqual(['read', 'read', 'delivered'])
  })

  it('of our own reading say nothing about our messages', () => {
    const transcript = withThree()

    transcript.receive([receipt('item-3', 2500, 'agent-1')])

    expect(states(transcript)).toEqual(['sent', 'sent', 'sent'])
  })

  it('that come before their message wait for it', () => {
    const transcript = aTranscript()
    transcript.receive([receipt('item-1', 2500)])

    transcript.merge([anOwnEcho()], 'socket')

    expect(states(transcript)).toEqual(['read'])
  })

  it('count for a message whose voice is recognised later', () => {
    const transcript = aTranscript([], null)
    transcript.merge([anOwnEcho()], 'socket')
    transcript.receive([receipt('item-1', 2500)])

    transcript.learnOwn('agent-1')

    expect(states(transcript)).toEqual(['read'])
  })
})

describe('a bot that writes in pieces', () => {
  const piece = (number: number, text: string, isLast = false) =>
    aServiceMessage({
      serviceId: 'bot-1',
      text,
      sender: { role: 'bot', name: 'BOT', participantId: null },
      chunk: { number, isLast },
    })

  it('is read as it writes', () => {
    const transcript = aTranscript()

    transcript.merge([piece(1, 'Hel'), piece(2, 'lo')], 'socket')

    expect(message(transcript, 'bot-1')).toMatchObject({ body: { text: 'Hello' }, streaming: true })
  })

  it('is made whole by its last piece, whatever got lost', () => {
    const transcript = aTranscript()
    transcript.merge([piece(1, 'Hel'), piece(3, 'XX')], 'socket')
    expect(texts(transcript)).toEqual(['Hel'])

    transcript.merge([piece(4, 'Hello there', true), piece(2, 'lo')], 'socket')

    expect(message(transcript, 'bot-1')).toMatchObject({ body: { text: 'Hello there' }, streaming: false })
  })

  it('says nothing when its beginning is missing', () => {
    const transcript = aTranscript()

    transcript.merge([piece(2, 'lo')], 'socket')

    expect(transcript.entries).toEqual([])
  })
})

describe('a list that refers to an earlier one', () => {
  const list = (serviceId: string, at: number) =>
    aServiceMessage({
      serviceId,
      at,
      body: {
        kind: 'template',
        template: {
          type: 'ListPicker',
          title: serviceId,
          subtitle: null,
          referenceId: 'list-1',
          choices: [],
        },
      },
    })

  it('takes its place', () => {
    const transcript = aTranscript()
    transcript.merge([list('first', 1)], 'socket')
    transcript.takeChanges()

    transcript.merge([list('second', 2)], 'socket')

    expect(transcript.entries.map(({ serviceId }) => serviceId)).toEqual(['second'])
    expect(transcript.takeChanges().removed).toHaveLength(1)
  })

  it('is not replaced by the earlier one when that is read later', () => {
    const transcript = aTranscript()
    transcript.merge([list('second', 2)], 'socket')

    transcript.merge([list('first', 1), list('second', 2)], 'newer-page')

    expect(transcript.entries.map(({ serviceId }) => serviceId)).toEqual(['second'])
  })
})

describe('a file', () => {
  const statusOf = (transcript: Transcript) => {
    const entry = transcript.byServiceId('item-9')
    return entry?.kind === 'attachment' ? entry.files[0]?.status : null
  }

  it('gets its verdict in place', () => {
    const transcript = aTranscript()
    transcript.merge([aServiceFile({ status: 'in-progress' })], 'socket')

    transcript.merge([aServiceFile({ status: 'approved' })], 'socket')

    expect(statusOf(transcript)).toBe('approved')
  })

  it('keeps its verdict when an older frame comes late', () => {
    const transcript = aTranscript()
    transcript.merge([aServiceFile({ status: 'rejected' })], 'socket')

    transcript.merge([aServiceFile({ status: 'in-progress' })], 'socket')

    expect(statusOf(transcript)).toBe('rejected')
  })
})
