import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Link } from '#shared/link.ts'
import type { LinkEvent } from './link.ts'
import { after, at, caughtUp, down, live, refused, up } from '../testing/link-states.ts'
import { initialLink, restoredLink, step } from './link.ts'

describe('coming up', () => {
  it('dials, reads what was missed, and is live', () => {
    expect(step(initialLink(0), { kind: 'start' }, at(0)).effects).toContainEqual({ do: 'dial' })
    expect(after({ kind: 'start' }, up).link.phase).toBe('catching-up')
    expect(live().link).toEqual({ phase: 'live', since: 2000 })
  })

  it('reads after every subscription, also of a replaced socket, without leaving live', () => {
    const { next, effects } = step(live(), up, at(9000))

    expect(next.link.phase).toBe('live')
    expect(effects).toEqual([{ do: 'catch-up' }])
  })
})

describe('losing the connection', () => {
  it('is mended at once when it had held', () => {
    const { next, effects } = step(live(), down, at(9000))

    expect(next.link).toEqual({ phase: 'connecting', since: 9000 })
    expect(effects).toContainEqual({ do: 'dial' })
  })

  it('waits longer after each failure, and says until when and why', () => {
    const first = step(step(live(), down, at(9000)).next, down, at(9100))
    const second = step(first.next, down, at(9500))

    expect(first.next.link).toMatchObject({
      phase: 'waiting',
      attempt: 2,
      retryAt: 9300,
      reason: 'unreachable',
    })
    expect(second.next.link).toMatchObject({ phase: 'waiting', attempt: 3, retryAt: 9800, since: 9000 })
    expect(second.effects).toEqual([{ do: 'cut-calls' }, { do: 'hang-up' }, { do: 'wait', delay: 300 }])
  })

  it('does not start over with quick tries for a connection that keeps falling', () => {
    const fallen = step(step(live(), down, at(9000)).next, up, at(9100)).next

    expect(step(fallen, down, at(9200)).next.link).toMatchObject({ phase: 'waiting', attempt: 2 })
  })

  it('starts over once the connection has held', () => {
    const mended = step(step(live(), down, at(9000)).next, up, at(9100)).next
    const steady = step(mended, { kind: 'steady' }, at(40_000)).next

    expect(step(steady, down, at(40_100)).next.link.phase).toBe('connecting')
  })

  it('is called offline when the computer says so, and is tried all the same', () => {
    const offline = step(live(), { kind: 'network', isOnline: false }, at(9000))
    expect(offline.effects).toEqual([{ do: 'probe', within: 3000 }])

    const lost = step(offline.next, down, at(9100))
    expect(lost.next.link).toEqual({ phase: 'offline', since: 9100 })
    expect(lost.effects).toContainEqual({ do: 'wait', delay: 100 })
  })
})

describe('a refused participant token', () => {
  it('is asked about once more, soon', () => {
    const { next, effects } = step(after({ kind: 'start' }), refused, at(1000))

    expect(next.link).toMatchObject({ phase: 'waiting', reason: 'denied', retryAt: 1500 })
    expect(effects).toContainEqual({ do: 'wait', delay: 500 })
  })

  it('ends the chat when it is refused twice in a row', () => {
    const ended = after({ kind: 'start' }, refused, { kind: 'retry-due' }, refused)

    expect(ended.link).toMatchObject({ phase: 'ended', reason: 'rejected' })
  })

  it('does not end the chat when it was taken in between', () => {
    const { link } = after(
      { kind: 'start' },
      refused,
      { kind: 'retry-due' },
      { kind: 'admitted' },
      down,
      refused,
    )

    expect(link.phase).toBe('waiting')
  })

  it('ends the chat for the reason it was doubted', () => {
    const { link } = after(
      { kind: 'start' },
      up,
      { kind: 'doubted', reason: 'transferred' },
      refused,
      { kind: 'retry-due' },
      refused,
    )

    expect(link).toMatchObject({ phase: 'ended', reason: 'transferred' })
  })

  it('counts an answer given twice once', () => {
    expect(after({ kind: 'start' }, refused, refused).link.phase).toBe('waiting')
  })
})

it('ends at once when the service says the chat is over', () => {
  const { next, effects } = step(live(), { kind: 'ended', reason: 'completed' }, at(9000))

  expect(next.link).toEqual({ phase: 'ended', at: 9000, reason: 'completed' })
  expect(effects).toEqual([{ do: 'finish' }])
})

it('learns afterwards why it was refused', () => {
  const rejected = after({ kind: 'start' }, refused, { kind: 'retry-due' }, refused)
  const completed = step(rejected, { kind: 'ended', reason: 'completed' }, at(9000))
  const transferred = step(rejected, { kind: 'doubted', reason: 'transferred' }, at(9000))

  expect(completed.next.link).toMatchObject({ phase: 'ended', at: 3000, reason: 'completed' })
  expect(completed.effects).toEqual([])
  expect(transferred.next.link).toMatchObject({ phase: 'ended', reason: 'transferred' })
  expect(step(transferred.next, { kind: 'ended', reason: 'completed' }, at(9000)).next).toBe(transferred.next)
})

it.each([
  [
    { endedAt: null, endReason: null },
    { phase: 'connecting', since: 5 },
  ],
  [
    { endedAt: 3, endReason: 'left' },
    { phase: 'ended', at: 3, reason: 'left' },
  ],
  [
    { endedAt: 3, endReason: 'of another version' },
    { phase: 'ended', at: 3, reason: 'completed' },
  ],
])('brings back %o as %o', (stored, link) => {
  expect(restoredLink(stored, 5).link).toEqual(link)
})

const events: fc.Arbitrary<LinkEvent> = fc.oneof(
  fc.constantFrom<LinkEvent>(
    { kind: 'start' },
    { kind: 'admitted' },
    up,
    caughtUp,
    { kind: 'steady' },
    down,
    { kind: 'retry-due' },
    { kind: 'try-now' },
    { kind: 'resumed' },
    { kind: 'reachable' },
    { kind: 'network', isOnline: true },
    { kind: 'network', isOnline: false },
  ),
)
const histories = fc.array(fc.tuple(events, fc.nat(60_000)), { maxLength: 60 })

describe('whatever happens', () => {
  it('no trouble of the network ever ends a chat, and there is always a way on', () => {
    const property = fc.property(histories, (history) => {
      let state = initialLink(0)
      let now = 0
      let pending: 'dial' | 'wait' | 'up' = 'dial'
      for (const [event, passed] of history) {
        now += passed
        const { next, effects } = step(state, event, at(now))
        state = next
        Link.parse(state.link)
        expect(state.link.phase).not.toBe('ended')
        if (effects.some((effect) => effect.do === 'dial')) pending = 'dial'
        if (effects.some((effect) => effect.do === 'wait')) pending = 'wait'
        if (event.kind === 'up') pending = 'up'
      }
      const isUp = state.link.phase === 'live' || state.link.phase === 'catching-up'
      const isWaiting = state.link.phase === 'waiting' || state.link.phase === 'offline'
      expect(isUp ? pending === 'up' : isWaiting ? pending === 'wait' : true).toBe(true)
    })

    fc.assert(property, { numRuns: 2000 })
  })

  it('an ended chat stays ended and does nothing more', () => {
    const property = fc.property(events, (event) => {
      const ended = step(live(), { kind: 'ended', reason: 'left' }, at(9000)).next

      expect(step(ended, event, at(10_000))).toEqual({ next: ended, effects: [] })
    })

    fc.assert(property)
  })
})
