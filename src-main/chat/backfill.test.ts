import { describe, expect, it } from 'vitest'
import { ServiceError } from '../participant/service-error.ts'
import type { ServiceItem } from '../participant/service-item.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { PagedTranscript } from '../testing/paged-transcript.ts'
import { manyMessages } from '../testing/service-items.ts'
import type { Place, ReadingOutcome } from './backfill.ts'
import { readMissed } from './backfill.ts'

const unread: Place = { cursor: null, history: 'unread' }
const readUpTo = (number: number): Place => ({
  cursor: { serviceId: `item-${number}`, at: number * 1000 },
  history: 'read',
})

async function read(
  transcript: PagedTranscript,
  place: Place,
  { abort = new AbortController(), hasLooseEnds = false, isBackwards = false } = {},
) {
  const clock = new ManualClock()
  const pages: { ids: string[]; source: string }[] = []
  const places: Place[] = []
  let recentAt: number | null = null
  let asked = 0
  const ports = { clock, backoff: () => 10, calls: { readTranscript: transcript.readTranscript } }
  const reading = {
    hasLooseEnds: () => hasLooseEnds,
    asked: () => (asked += 1),
    page: (items: readonly ServiceItem[], source: string) =>
      pages.push({ ids: items.flatMap((item) => ('serviceId' in item ? [item.serviceId] : [])), source }),
    reached: (next: Place) => places.push(next),
    recentDone: (at: number | null) => (recentAt = at),
  }
  const outcome: { value: ReadingOutcome | null } = { value: null }
  const done = readMissed(ports, place, { reading, signal: abort.signal, pageSize: 100, isBackwards }).then(
    (value) => (outcome.value = value),
  )
  await clock.advance(60_000)
  await done
  const ids = [...new Set(pages.flatMap((page) => page.ids))]
  return { outcome: outcome.value, pages, places, ids, asked, recentAt: recentAt as number | null }
}

const names = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `item-${from + index}`)

describe('reading on', () => {
  it('brings everything after the last proven place, page by page to the end', async () => {
    const transcript = new PagedTranscript(manyMessages(1000))

    const { ids, outcome, pages, asked } = await read(transcript, readUpTo(249))

    expect(ids).toEqual(names(249, 1000))
    expect(outcome?.outcome).toBe('done')
    expect(pages).toHaveLength(8)
    // The newest end may be in any of them.
    expect(asked).toBe(8)
    expect(transcript.queries[0]).toEqual({
      direction: 'FORWARD',
      order: 'ASCENDING',
      maxResults: 100,
      start: { id: 'item-249' },
    })
  })

  it('looks at the newest page once more when something before it was left open', async () => {
    const transcript = new PagedTranscript(manyMessages(1000))

    const { pages } = await read(transcript, readUpTo(990), { hasLooseEnds: true })

    expect(pages.map(({ ids }) => ids.length)).toEqual([10, 100])
    expect(pages.at(-1)?.ids).toEqual(names(900, 1000))
  })

  it.each([5, 250])(
    'from the end back has the same %i missed items, and no page is read for verdicts',
    async (missed) => {
      const transcript = new PagedTranscript(manyMessages(1000))

      const backwards = { hasLooseEnds: true, isBackwards: true }
      const { ids, pages, outcome } = await read(transcript, readUpTo(999 - missed), backwards)

      expect(ids.slice(-missed)).toEqual(names(1000 - missed, 1000))
      expect(pages).toHaveLength(Math.ceil((missed + 1) / 100))
      expect(transcript.queries.every(({ direction }) => direction === 'BACKWARD')).toBe(true)
      expect(outcome).toMatchObject({ outcome: 'done', cursor: { serviceId: 'item-989' } })
    },
  )

  it.each([true, false])('does not mind whether the start is included: %s', async (isInclusive) => {
    const transcript = new PagedTranscript(manyMessages(20))
    transcript.isInclusive = isInclusive

    const { ids } = await read(transcript, readUpTo(9))

    expect(ids.slice(-10)).toEqual(names(10, 20))
  })

  it('begins a little before the end next time, for what the service files late', async () => {
    const transcript = new PagedTranscript(manyMessages(100))

    const { outcome } = await read(transcript, readUpTo(9))

    expect(outcome).toMatchObject({ cursor: { serviceId: 'item-89' } })
  })

  it('says up to when nothing is missing', async () => {
    const { recentAt } = await read(new PagedTranscript(manyMessages(5)), readUpTo(1))

    expect(recentAt).toBe(1_000_000)
  })

  it('goes back from the newest when the id is refused, and keeps the order', async () => {
    const transcript = new PagedTranscript(manyMessages(350))
    transcript.takesIds = false

    const { ids, pages } = await read(transcript, readUpTo(199))

    expect(ids).toEqual(names(150, 350))
    expect(pages.map(({ source }) => source)).toEqual(['newer-page', 'newer-page'])
  })

  it('keeps what it has reached when it is interrupted', async () => {
    const transcript = new PagedTranscript(manyMessages(500))
    const abort = new AbortController()
    const given = transcript.readTranscript
    const interrupted = Object.assign(transcript, {
      readTranscript: (query: Parameters<typeof given>[0]) => {
        if (transcript.queries.length === 3) abort.abort()
        return given(query)
      },
    })

    const { outcome, places } = await read(interrupted, readUpTo(0), { abort })

    expect(outcome).toEqual({ outcome: 'given-up' })
    expect(places.at(-1)).toEqual({ ...readUpTo(0), resume: 'item-299' })
  })
})

describe('reading for the first time', () => {
  it('has the newest page first, then the whole history', async () => {
    const { pages, ids, outcome, asked } = await read(new PagedTranscript(manyMessages(250)), unread)

    expect(pages.map((page) => page.ids.length)).toEqual([100, 100, 50])
    expect(asked).toBe(1)
    expect(new Set(ids)).toEqual(new Set(names(0, 250)))
    expect(pages.every(({ source }) => source === 'older-page')).toBe(true)
    expect(outcome).toMatchObject({ outcome: 'done', cursor: { serviceId: 'item-239' } })
  })

  it('goes on with its history where it was interrupted, after what is new', async () => {
    const transcript = new PagedTranscript(manyMessages(250))
    const { places } = await read(transcript, unread)
    const half = places[0] ?? unread
    transcript.items.push(...manyMessages(3, 250))
    transcript.queries.length = 0

    const { ids } = await read(transcript, half)

    expect(transcript.queries.map(({ direction }) => direction)).toEqual(['FORWARD', 'BACKWARD', 'BACKWARD'])
    expect(ids).toEqual(expect.arrayContaining([...names(250, 253), ...names(0, 150)]))
  })

  it('begins its history anew when the service no longer knows the page', async () => {
    const transcript = new PagedTranscript(manyMessages(250))
    transcript.failures.push()
    const { places } = await read(transcript, unread)
    const half = places[0] ?? unread
    const failing = new PagedTranscript(manyMessages(250))
    const answer = failing.readTranscript
    const picky = Object.assign(failing, {
      readTranscript: (query: Parameters<typeof answer>[0]) =>
        query.nextToken === '150' && failing.queries.length < 2
          ? (failing.queries.push(query), Promise.reject(new ServiceError('refused', 'old', { status: 400 })))
          : answer(query),
    })

    const { ids, outcome } = await read(picky, half)

    expect(outcome?.outcome).toBe('done')
    expect(ids).toEqual(expect.arrayContaining(names(0, 250)))
  })

  it('of an empty conversation finds everything that follows', async () => {
    const transcript = new PagedTranscript([])
    const first = await read(transcript, unread)
    transcript.items.push(...manyMessages(3))

    const { ids, pages } = await read(transcript, first.places.at(-1) ?? unread)

    expect(ids).toEqual(names(0, 3))
    expect(pages[0]?.source).toBe('newer-page')
  })
})

describe('trouble', () => {
  it('that passes is outlasted', async () => {
    const transcript = new PagedTranscript(manyMessages(5))
    transcript.failures.push(
      new ServiceError('unreachable', 'cut'),
      new ServiceError('throttled', 'wait', { status: 429 }),
      new ServiceError('service-unavailable', 'ill', { status: 500 }),
    )

    const { ids, outcome } = await read(transcript, readUpTo(0))

    expect(ids).toEqual(names(0, 5))
    expect(outcome?.outcome).toBe('done')
  })

  it('that does not pass is told', async () => {
    const transcript = new PagedTranscript(manyMessages(5))
    transcript.failures.push(new ServiceError('denied', 'no', { status: 403 }))

    const { outcome } = await read(transcript, readUpTo(0))

    expect(outcome).toMatchObject({ outcome: 'refused', failure: { code: 'denied' } })
  })
})
