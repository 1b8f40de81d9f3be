import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Chat } from '#shared/model.ts'
import { aChat, aChatId, noon } from '../testing/builders.ts'
import { arrange, hold, inboxSorts, type Section } from './inbox-order.ts'
import { previewOf, rowName } from './row.ts'
import { tabName, tabsThatFit, visibleTabs } from './tabs.ts'
import { waitingOf } from './waiting.ts'

const second = 1_000
const down = { phase: 'waiting', since: noon, attempt: 1, retryAt: noon, reason: 'unreachable' } as const
const ended = { phase: 'ended', at: noon, reason: 'completed' } as const
const customerTurn = { waitingFor: 'customer', since: noon } as const

describe('waitingOf', () => {
  it.each<[string, Partial<Chat>, number, string, string]>([
    ['calm at first', {}, 24, '0:24', 'calm'],
    ['calm until the minute', {}, 59, '0:59', 'calm'],
    ['due from a minute', {}, 60, 'Due 1:00', 'due'],
    ['due until three', {}, 179, 'Due 2:59', 'due'],
    ['late from three minutes', {}, 180, 'Late 3:00', 'late'],
    ['the age of the last word when the customer is asked', { turn: customerTurn }, 360, '6m', 'calm'],
    [
      'the end of an idle chat',
      { turn: customerTurn, idleEndsAt: noon + 412_000 },
      300,
      'Ends in 1:52',
      'due',
    ],
    ['late before idle', { idleEndsAt: noon + 212_000 }, 200, 'Late 3:20', 'late'],
    ['how old it is when the line is down', { link: down, turn: customerTurn }, 60, 'as of 14:00', 'calm'],
    ['late although the line is down', { link: down }, 252, 'Late 4:12', 'late'],
    ['when it ended', { link: ended }, 600, '14:00', 'calm'],
  ])('shows %s', (...[, part, seconds, text, level]) => {
    expect(waitingOf(aChat(part), noon + seconds * second)).toMatchObject({ text, level })
  })
})

describe('rowName', () => {
  it.each<[Partial<Chat>, string, number, string]>([
    [
      { customer: 'Jonas Lindqvist', unread: 3 },
      '',
      252,
      'Jonas Lindqvist, late, waiting 4 minutes 12, 3 unread',
    ],
    [{}, '', 24, 'Amara Okafor, waiting 24 seconds'],
    [{ link: ended }, '', 24, 'Amara Okafor, ended at 14:00'],
    [
      { turn: customerTurn, link: { phase: 'connecting', since: noon } },
      '',
      5,
      'Amara Okafor, as of 14:00, reconnecting',
    ],
    [
      { turn: customerTurn, link: down, outbox: { waiting: 0, failed: 1 } },
      'half',
      60,
      'Amara Okafor, as of 14:00, a message was not sent, reconnecting, draft',
    ],
  ])('says everything in one sentence that begins with the name', (...[part, draft, seconds, name]) => {
    expect(rowName(aChat(part), draft, noon + seconds * second)).toBe(name)
  })
})

describe('previewOf', () => {
  const preview = { who: 'you', text: 'The label', isFile: false } as const

  it.each<[string, Partial<Chat>, string, string]>([
    ['what was said last', { preview }, '', 'You: The label'],
    ['a draft before it', { preview }, 'half a\nsentence', 'Draft: half a sentence'],
    ['typing before a draft', { preview, typingUntil: noon + 1 }, 'half', ' Amara is typing…'],
    [
      'what was not sent before all',
      { preview, outbox: { waiting: 0, failed: 1 } },
      'half',
      'Not sent: The label',
    ],
    ['that nothing was said yet', {}, '', ' No messages yet'],
  ])('shows %s', (...[, part, draft, expected]) => {
    const { who, text } = previewOf(aChat(part), draft, noon)

    expect(`${who ?? ''} ${text}`).toBe(expected)
  })
})

describe('arrange', () => {
  const chats = [
    aChat({ chatId: 'new', turn: { waitingFor: 'agent', since: noon } }),
    aChat({ chatId: 'old', turn: { waitingFor: 'agent', since: noon - 9 } }),
    aChat({ chatId: 'quiet', turn: customerTurn, lastActivityAt: noon - 9 }),
    aChat({ chatId: 'lively', turn: customerTurn, lastActivityAt: noon }),
    aChat({ chatId: 'over', link: ended }),
  ]
  const shape = (sections: readonly Section[]): Readonly<Record<string, readonly string[]>> =>
    Object.fromEntries(sections.map(({ key, chatIds }) => [key, chatIds]))

  it('puts who waits longest first, then who was asked, then what is over', () => {
    expect(shape(arrange(chats, 'longest'))).toEqual({
      agent: ['old', 'new'],
      customer: ['lively', 'quiet'],
      ended: ['over'],
    })
  })

  it('leaves out empty sections', () => {
    expect(arrange([], 'longest')).toEqual([])
  })

  it('moves no row while it is held, adds new ones and drops those that are gone', () => {
    const before = arrange(chats, 'longest')
    const after = arrange(
      [
        aChat({ chatId: 'quiet', turn: { waitingFor: 'agent', since: noon - 99 } }),
        aChat({ chatId: 'new', turn: { waitingFor: 'agent', since: noon } }),
        aChat({ chatId: 'newest', turn: { waitingFor: 'agent', since: noon - 999 } }),
      ],
      'longest',
    )

    expect(shape(hold(before, after))).toEqual({ agent: ['new', 'newest'], customer: ['quiet'] })
  })

  it('[G3] says nothing false above a row that waits for somebody else by now', () => {
    const answered = aChat({ chatId: 'old', turn: customerTurn })
    const before = arrange([aChat({ chatId: 'old' })], 'longest')

    expect(hold(before, arrange([answered], 'longest')).map(({ title }) => title)).toEqual(['Held in place'])
  })

  it.each(inboxSorts)('[G4] %s is an order inside each section, whatever order the chats come in', (sort) => {
    const time = fc.integer({ min: noon - 5, max: noon + 5 })
    const chat = fc.record({
      customer: fc.constantFrom('Ana', 'Ben', 'Cleo'),
      lastActivityAt: time,
      startedAt: time,
      turn: fc.record({ waitingFor: fc.constantFrom('agent' as const, 'customer' as const), since: time }),
    })
    const many = fc.array(chat, { maxLength: 14 })
    fc.assert(
      fc.property(many, fc.nat(), (parts, turn) => {
        const all = parts.map((part, index) => aChat({ ...part, chatId: `c${index}` }))
        const cut = turn % (all.length + 1)
        const other = [...all.slice(cut), ...all.slice(0, cut)].reverse()
        const waited = shape(arrange(all, sort))['agent']?.map(
          (id) => all.find(({ chatId }) => chatId === id)?.turn.since,
        )

        expect(shape(arrange(other, sort))).toEqual(shape(arrange(all, sort)))
        if (sort === 'longest') expect(waited).toEqual(waited?.toSorted((a, b) => (a ?? 0) - (b ?? 0)))
      }),
      { seed: 4 },
    )
  })
})

describe('tabs', () => {
  it.each([
    [983, 9, 5],
    [727, 9, 3],
    [580, 7, 2],
    [983, 4, 4],
    [300, 4, 1],
  ])('in %i px of %i tabs %i fit', (width, count, expected) => {
    expect(tabsThatFit(width, count)).toBe(expected)
  })

  it('always shows the one in front', () => {
    expect(visibleTabs(['a', 'b', 'c', 'd'], 'd', 2)).toEqual(['a', 'd'])
    expect(visibleTabs(['a', 'b', 'c', 'd'], 'a', 2)).toEqual(['a', 'b'])
  })

  it('begin with the name of the customer', () => {
    const chat = aChat({ chatId: aChatId('jonas'), customer: 'Jonas', unread: 2 })

    expect(tabName(chat, noon + 200 * second)).toBe('Jonas, 2 unread, late')
  })
})
