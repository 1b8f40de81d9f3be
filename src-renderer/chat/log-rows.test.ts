import { describe, expect, it } from 'vitest'
import type { Entry } from '#shared/entry.ts'
import type { Chat } from '#shared/model.ts'
import { isDown } from '../inbox/waiting.ts'
import { aChat, aGap, aMessage, anAttachment, anEvent, noon } from '../testing/builders.ts'
import { buildRows, type LogFacts, type LogRow } from './log-rows.ts'

const minute = 60_000
const down = { phase: 'waiting', since: noon, attempt: 1, retryAt: noon, reason: 'unreachable' } as const

/** One word per row: what it is, and for what was said "first", "middle" or "last" of its group. */
function shape(entries: readonly Entry[], chat = aChat(), now = noon): readonly string[] {
  return buildRows(entries, factsOf(chat), now).map(word)
}

function factsOf(chat: Chat): LogFacts {
  return { ...chat, isDown: isDown(chat, noon) }
}

function word(row: LogRow): string {
  if (row.kind !== 'said') return row.kind
  return [row.startsGroup ? 'first' : 'next', row.joinsBelow ? 'joined' : 'end'].join(' ')
}

describe('buildRows', () => {
  it('gives every row an id of its own, also when what waits was typed before midnight', () => {
    const waiting = aMessage({ id: 'b', own: true, serviceId: null, delivery: { state: 'queued' } })
    const nextDay = noon + 24 * 60 * minute
    const rows = buildRows(
      [aMessage({ id: 'a' }), aMessage({ id: 'c', at: nextDay }), waiting],
      { ...aChat(), isDown: false },
      nextDay,
    )

    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
  })

  it.each<[string, readonly Entry[], readonly string[]]>([
    ['nothing in an empty chat', [], []],
    [
      'messages of one sender within 3 minutes together',
      [aMessage({ id: 'a' }), aMessage({ id: 'b', at: noon + 3 * minute })],
      ['day', 'first joined', 'next end'],
    ],
    [
      'messages further apart in groups of their own',
      [aMessage({ id: 'a' }), aMessage({ id: 'b', at: noon + 3 * minute + 1 })],
      ['day', 'first end', 'first end'],
    ],
    [
      'two senders apart',
      [aMessage({ id: 'a' }), aMessage({ id: 'b', own: true })],
      ['day', 'first end', 'first end'],
    ],
    [
      'files in the group of their sender',
      [aMessage({ id: 'a' }), anAttachment()],
      ['day', 'first joined', 'next end'],
    ],
    [
      'an event between two groups',
      [aMessage({ id: 'a' }), anEvent(), aMessage({ id: 'b' })],
      ['day', 'first end', 'event', 'first end'],
    ],
    ['a gap before what arrived', [aGap(), aMessage({ id: 'a' })], ['day', 'gap', 'first end']],
    [
      'a new day',
      [aMessage({ id: 'a', at: noon - 24 * 60 * minute }), aMessage({ id: 'b' })],
      ['day', 'first end', 'day', 'first end'],
    ],
    [
      'a failed message apart from the ones around it',
      [
        aMessage({ id: 'a', own: true }),
        aMessage({
          id: 'b',
          own: true,
          delivery: { state: 'failed', code: 'timed-out', reason: 'No answer.' },
        }),
        aMessage({ id: 'c', own: true, delivery: { state: 'queued' } }),
      ],
      ['day', 'first end', 'first end', 'first end'],
    ],
    [
      'the previous conversation under its own divider',
      [aMessage({ id: 'a', previousContactId: 'old' }), aMessage({ id: 'b' })],
      ['divider', 'day', 'first end', 'divider', 'first end'],
    ],
  ])('draws %s', (_name, entries, expected) => {
    expect(shape(entries)).toEqual(expected)
  })

  it('names the day and the conversation', () => {
    const rows = buildRows([aMessage({ previousContactId: 'old' })], factsOf(aChat()), noon)

    expect(rows.slice(0, 2)).toMatchObject([
      { text: 'Previous conversation' },
      { text: 'Today, Thursday 12 March' },
    ])
  })

  it('says where the proof ends while the line is down', () => {
    const chat = aChat({ link: down, completeUpTo: noon })
    const pending = aMessage({ id: 'b', own: true, serviceId: null, delivery: { state: 'queued' } })

    expect(shape([aMessage({ id: 'a' }), pending], chat)).toEqual([
      'day',
      'first end',
      'unproven',
      'first end',
    ])
    expect(shape([aMessage({ id: 'a' })], chat)).toEqual(['day', 'first end', 'unproven'])
  })

  it('says nothing about proof while the line is up', () => {
    expect(shape([aMessage({ id: 'a', at: noon + minute })], aChat())).toEqual(['day', 'first end'])
  })

  it('ends with the customer typing, until that time is over', () => {
    const chat = aChat({ typingUntil: noon + 1 })

    expect(shape([], chat, noon)).toEqual(['typing'])
    expect(shape([], chat, noon + 1)).toEqual([])
  })

  it('gives every row a key of its own', () => {
    const rows = buildRows(
      [
        aMessage({ id: 'a', previousContactId: 'old', at: noon - 48 * 60 * minute }),
        aMessage({ id: 'b', previousContactId: 'older', at: noon - 24 * 60 * minute }),
        aMessage({ id: 'c' }),
        anEvent(),
        aGap(),
      ],
      factsOf(aChat({ link: down, typingUntil: noon + 1 })),
      noon,
    )

    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
  })
})
