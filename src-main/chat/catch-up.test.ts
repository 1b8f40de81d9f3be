import { describe, expect, it } from 'vitest'
import type { TranscriptQuery } from '../participant/participant-api.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { PagedTranscript } from '../testing/paged-transcript.ts'
import { manyMessages } from '../testing/service-items.ts'
import { AppProcess } from '../testing/simulation/app-process.ts'
import { seededRandom } from '../testing/simulation/seeded-random.ts'
import { CatchUp } from './catch-up.ts'

const minute = 60_000

/** Chats that are read on one computer, and when each reading left. */
function aDesk(count: number, hasLooseEnds: () => boolean = () => false) {
  const clock = new ManualClock()
  const process = new AppProcess(clock, () => 0)
  const random = seededRandom(7)
  const readings: { readonly at: number; readonly query: TranscriptQuery }[] = []
  const chats = Array.from({ length: count }, (_, index) => {
    const transcript = new PagedTranscript(manyMessages(50))
    const readTranscript: typeof transcript.readTranscript = (query, call) => {
      readings.push({ at: clock.elapsed, query })
      return transcript.readTranscript(query, call)
    }
    const catchUp = new CatchUp(
      {
        calls: { readTranscript },
        clock: process,
        random,
        backoff: () => 200,
        note: () => undefined,
        isActive: () => index === 0,
        isSilent: () => false,
      },
      { ...events, hasLooseEnds },
      { serviceId: 'item-20', at: 20_000 },
    )
    catchUp.start()
    return { catchUp, transcript }
  })
  const since = (from: number) => readings.filter(({ at }) => at >= from)
  return { clock, process, chats, since }
}

const nothing = () => undefined
const events = {
  began: nothing,
  hasLooseEnds: () => false,
  page: () => false,
  asked: nothing,
  recentDone: nothing,
  proven: nothing,
  complete: nothing,
  done: nothing,
  historyRead: nothing,
}

function mostWithin(span: number, readings: readonly { readonly at: number }[]): number {
  return Math.max(
    ...readings.map(({ at }) => readings.filter((one) => one.at >= at && one.at < at + span).length),
  )
}

describe('ten chats in which nothing happens', () => {
  it('[L7] are read often enough, for a fraction of what the service allows', async () => {
    const { clock, since } = aDesk(10)
    await clock.advance(minute)
    const from = clock.elapsed

    await clock.advance(10 * minute)

    const readings = since(from)
    expect(readings.length / 600).toBeLessThan(0.4)
    expect(readings.length / 600).toBeGreaterThan(0.2)
    expect(mostWithin(1000, readings)).toBeLessThanOrEqual(6)
  })

  it('[L7] are read from where the last reading ended, in small pages', async () => {
    const { clock, since } = aDesk(1)
    await clock.advance(2 * minute)

    await clock.advance(2 * minute)

    const readings = since(2 * minute)
    expect(readings.length).toBeGreaterThan(3)
    for (const { query } of readings) {
      expect(query).toMatchObject({ direction: 'FORWARD', start: { id: 'item-49' }, maxResults: 30 })
    }
  })

  it('[L7] are read back from the end, in as many calls, while the customer may read what was written', async () => {
    const { clock, since } = aDesk(1, () => true)
    await clock.advance(2 * minute)

    await clock.advance(2 * minute)

    const readings = since(2 * minute)
    expect(readings.length).toBeGreaterThan(3)
    expect(readings.length).toBeLessThan(8)
    for (const { query } of readings) expect(query).toMatchObject({ direction: 'BACKWARD', maxResults: 30 })
  })

  it('[A1] are read every few seconds without a socket, far below what the service allows', async () => {
    const { clock, chats, since } = aDesk(10, () => true)
    await clock.advance(minute)
    for (const { catchUp } of chats) catchUp.unheard()
    await clock.advance(minute)
    const from = clock.elapsed

    await clock.advance(10 * minute)

    const readings = since(from)
    expect(readings.length / 600).toBeGreaterThan(2)
    expect(readings.length / 600).toBeLessThan(2.5)
    expect(mostWithin(1000, readings)).toBeLessThanOrEqual(8)
  })

  it('[L7] are not all read at once after a sleep', async () => {
    const { clock, process, since } = aDesk(10)
    await clock.advance(minute)
    process.sleep()
    await clock.advance(60 * minute)
    const from = clock.elapsed

    process.wake()
    await clock.advance(minute)

    expect(since(from).length).toBeGreaterThanOrEqual(10)
    expect(mostWithin(1000, since(from))).toBeLessThanOrEqual(5)
  })
})

it('[L7] reads a chat soon that comes on screen and was not read for a while', async () => {
  const clock = new ManualClock()
  let isActive = false
  let readings = 0
  const transcript = new PagedTranscript(manyMessages(5))
  const catchUp = new CatchUp(
    {
      calls: { readTranscript: (query) => ((readings += 1), transcript.readTranscript(query)) },
      clock,
      random: () => 1,
      backoff: () => 200,
      note: nothing,
      isActive: () => isActive,
      isSilent: () => false,
    },
    events,
    { serviceId: 'item-1', at: 1000 },
  )
  catchUp.start()
  await clock.advance(35_000)
  expect(readings).toBe(1)

  isActive = true
  catchUp.reconsider()
  await clock.advance(100)

  expect(readings).toBe(2)
})

it('[L9] waits longer and longer while pages lead nowhere, and then reads all there is', async () => {
  const clock = new ManualClock()
  const transcript = new PagedTranscript(manyMessages(250))
  const shown = new Set<string>()
  let isStuck = true
  let readings = 0
  let completeAt: number | null = null
  const catchUp = new CatchUp(
    {
      calls: {
        readTranscript: async (query) => {
          readings += 1
          const page = await transcript.readTranscript(query)
          const isRepeated = isStuck && query.nextToken !== undefined
          return isRepeated ? { ...page, items: [], nextToken: query.nextToken ?? null } : page
        },
      },
      clock,
      random: () => 0.5,
      backoff: () => 200,
      note: nothing,
      isActive: () => true,
      isSilent: () => false,
    },
    {
      ...events,
      page: (items) => {
        for (const item of items) if ('serviceId' in item) shown.add(item.serviceId)
        return true
      },
      complete: (at) => (completeAt = at),
    },
    null,
  )
  catchUp.start()
  await clock.advance(5 * minute)

  expect(readings).toBeLessThan(80)
  expect(completeAt).toBeNull()
  isStuck = false
  await clock.advance(30_000)
  expect(shown.size).toBe(250)
  expect(completeAt).not.toBeNull()
})
