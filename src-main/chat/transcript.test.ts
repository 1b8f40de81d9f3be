import { describe, expect, it } from 'vitest'
import { aServiceMessage, anOwnEcho, manyMessages } from '../testing/service-items.ts'
import { aPending, aTranscript, message, texts } from '../testing/transcripts.ts'

describe('items', () => {
  it('stand in the order of the service, whatever order they come in', () => {
    const transcript = aTranscript()
    const [first, second, third] = manyMessages(3)

    transcript.merge(
      [third, first, second].flatMap((item) => item ?? []),
      'socket',
    )

    expect(texts(transcript)).toEqual(['message 0', 'message 1', 'message 2'])
  })

  it('that come twice stand once', () => {
    const transcript = aTranscript()
    transcript.merge(manyMessages(2), 'socket')
    transcript.takeChanges()

    expect(transcript.merge(manyMessages(2), 'newer-page')).toEqual([])

    expect(texts(transcript)).toEqual(['message 0', 'message 1'])
    expect(transcript.takeChanges()).toEqual({ upserted: [], removed: [] })
  })

  it('of one millisecond stand as the transcript of the service has them', () => {
    const transcript = aTranscript()
    const tied = ['a', 'b', 'c'].map((text) => aServiceMessage({ serviceId: text, at: 5, text }))
    transcript.merge([...tied].reverse(), 'socket')
    expect(texts(transcript)).toEqual(['c', 'b', 'a'])

    transcript.merge(tied, 'newer-page')

    expect(texts(transcript)).toEqual(['a', 'b', 'c'])
  })

  it('of history stand before what is here, also within one millisecond', () => {
    const transcript = aTranscript()
    transcript.merge([aServiceMessage({ serviceId: 'new', at: 5, text: 'new' })], 'older-page')

    transcript.merge(
      ['a', 'b'].map((text) => aServiceMessage({ serviceId: text, at: 5, text })),
      'older-page',
    )

    expect(texts(transcript)).toEqual(['a', 'b', 'new'])
  })

  it('without their words do not take the words of a known one', () => {
    const transcript = aTranscript()
    transcript.merge([aServiceMessage()], 'socket')

    transcript.merge([aServiceMessage({ isWhole: false, text: '' })], 'socket')

    expect(texts(transcript)).toEqual(['Where is my order?'])
  })

  it('get their words from a later page', () => {
    const transcript = aTranscript()
    transcript.merge([aServiceMessage({ isWhole: false, text: '' })], 'socket')

    transcript.merge([aServiceMessage()], 'newer-page')

    expect(texts(transcript)).toEqual(['Where is my order?'])
  })
})

describe('own messages', () => {
  it('follow everything the service has named, in the order typed', () => {
    const transcript = aTranscript()
    aPending(transcript, 'one')
    aPending(transcript, 'two')

    transcript.merge(manyMessages(1), 'socket')

    expect(texts(transcript)).toEqual(['message 0', 'one', 'two'])
  })

  it('take their place and keep their id when the service names them', () => {
    const transcript = aTranscript()
    aPending(transcript, 'one')
    transcript.merge(manyMessages(3), 'socket')

    transcript.acknowledge('one', { serviceId: 'item-x', at: 1500 })

    expect(texts(transcript)).toEqual(['message 0', 'message 1', 'one', 'message 2'])
    expect(transcript.get('one')).toMatchObject({
      serviceId: 'item-x',
      delivery: { state: 'sent', at: 1500 },
    })
  })

  it('stand once when the echo beats the answer', () => {
    const transcript = aTranscript()
    aPending(transcript, 'one')
    transcript.merge([anOwnEcho({ serviceId: 'item-x', at: 1500, text: 'one' })], 'socket')

    transcript.acknowledge('one', { serviceId: 'item-x', at: 1499 })

    expect(transcript.entries).toHaveLength(1)
    expect(transcript.get('one')).toMatchObject({ at: 1500, sender: { participantId: 'agent-1' } })
  })

  it('stand once when the answer beats the echo', () => {
    const transcript = aTranscript()
    aPending(transcript, 'one')
    transcript.acknowledge('one', { serviceId: 'item-x', at: 1500 })

    transcript.merge([anOwnEcho({ serviceId: 'item-x', at: 1500, text: 'one' })], 'socket')

    expect(transcript.entries).toHaveLength(1)
    expect(transcript.get('one')?.serviceId).toBe('item-x')
  })

  it('teach which voice is ours, also of what was said before', () => {
    const transcript = aTranscript([], null)
    transcript.merge([anOwnEcho({ serviceId: 'old', at: 1, text: 'from the other window' })], 'socket')
    expect(message(transcript, 'old').sender.own).toBe(false)
    aPending(transcript, 'one')
    transcript.acknowledge('one', { serviceId: 'item-x', at: 1500 })

    transcript.merge([anOwnEcho({ serviceId: 'item-x', at: 1500, text: 'one' })], 'socket')

    expect(message(transcript, 'old')).toMatchObject({ sender: { own: true }, delivery: { state: 'sent' } })
  })

  it('are numbered on from what was restored', () => {
    const before = aTranscript()
    const restored = aTranscript([aPending(before, 'one'), aPending(before, 'two')])

    expect(restored.nextSeq()).toBe(3)
  })

  it('that are tried again go behind those typed since', () => {
    const transcript = aTranscript()
    aPending(transcript, 'one')
    aPending(transcript, 'two')
    transcript.deliver('one', { state: 'failed', code: 'refused', reason: 'no' })

    transcript.requeue('one', { at: 5, seq: transcript.nextSeq() })

    expect(texts(transcript)).toEqual(['two', 'one'])
    expect(transcript.get('one')).toMatchObject({ delivery: { state: 'queued' } })
  })
})
