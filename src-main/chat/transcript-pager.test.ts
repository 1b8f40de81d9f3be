import { expect, it } from 'vitest'
import type { TranscriptQuery } from '../participant/participant-api.ts'
import type { ReadPage } from '../participant/participant-line.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { manyMessages } from '../testing/service-items.ts'
import { StuckPages, TranscriptPager } from './transcript-pager.ts'

/** Follows the pages of a service from its newest end to what it calls the beginning. */
async function follow(answer: (turn: number, query: TranscriptQuery) => Omit<ReadPage, 'at'>) {
  const clock = new ManualClock()
  let turns = 0
  const readTranscript = (query: TranscriptQuery) =>
    Promise.resolve({ ...answer((turns += 1), query), at: null })
  const { signal } = new AbortController()
  const pager = new TranscriptPager(
    { clock, backoff: () => 200, calls: { readTranscript } },
    { signal, pageSize: 100 },
  )
  const following = (async () => {
    let page = await pager.next({ direction: 'BACKWARD' })
    while (page.nextToken !== null) {
      page = await pager.next({ direction: 'BACKWARD', nextToken: page.nextToken })
    }
    return 'the beginning'
  })().catch((error: unknown) => error)
  await clock.advance(60_000)
  return { outcome: await following, turns }
}

it.each([
  ['a token that leads back to itself', () => ({ items: manyMessages(2), nextToken: 'same' })],
  [
    'two tokens that lead to each other',
    (turn: number) => ({ items: manyMessages(2, turn), nextToken: turn % 2 === 0 ? 'A' : 'B' }),
  ],
  ['empty pages without an end', (turn: number) => ({ items: [], nextToken: `token ${turn}` })],
  [
    'one page again and again under new tokens',
    (turn: number) => ({ items: manyMessages(3), nextToken: `token ${turn}` }),
  ],
])('[L9] does not take %s for the beginning, nor follow it for long', async (_, answer) => {
  const { outcome, turns } = await follow(answer)

  expect(outcome).toBeInstanceOf(StuckPages)
  expect(turns).toBeLessThan(12)
})

it('[L9] goes on over a few pages that the service leaves empty', async () => {
  const { outcome, turns } = await follow((turn) => ({
    items: turn === 6 ? manyMessages(1) : [],
    nextToken: turn === 6 ? null : `token ${turn}`,
  }))

  expect(outcome).toBe('the beginning')
  expect(turns).toBe(6)
})
