import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { compareEntries, Entry } from '#shared/entry.ts'
import { Chat } from '#shared/model.ts'
import { hostileFrame, hostileItem } from '#shared/testing/hostile-items.ts'
import { jsonFormat } from '../export/json-format.ts'
import { aHead } from '../export/testing/builders.ts'
import { textFormat } from '../export/text-format.ts'
import { CalmWorld } from '../testing/calm-world.ts'
import type { RawItem } from '../testing/simulation/simulated-room.ts'

const rounds = 200
const perRound = 25
const kinds = new Map<string, number>()
let given = 0

/** A chat that finds such items in its transcript, and then hears of more on its socket. */
async function listenTo(items: readonly unknown[], frames: readonly string[]): Promise<CalmWorld> {
  const world = new CalmWorld({ pageSize: 10 })
  // A simulated service has to look into its items for their ids.
  for (const item of items) world.service.room.items.push(Object(item) as RawItem)
  await world.start()
  await world.pass(3000)
  for (const frame of frames) {
    world.service.sockets.broadcastFrame(frame)
    await world.pass(50)
  }
  await world.pass(10_000)
  given += items.length + frames.length
  return world
}

function expectSound({ chat, mirror }: CalmWorld): void {
  const entries = chat.entries()
  for (const entry of entries) {
    expect(Entry.parse(entry)).toEqual(entry)
    kinds.set(kindOf(entry), (kinds.get(kindOf(entry)) ?? 0) + 1)
  }
  expect(() => Chat.parse(chat.summary())).not.toThrow()
  expect(entries).toEqual(entries.toSorted(compareEntries))
  const ids = entries.flatMap(({ serviceId }) => serviceId ?? [])
  expect(new Set(ids).size).toBe(ids.length)
  expect(mirror.entries).toEqual(entries)
}

function expectExported({ chat }: CalmWorld): void {
  const transcript = { head: aHead(), entries: chat.entries() }
  const { count } = JSON.parse([...jsonFormat.write(transcript)].join('')) as { count: number }
  expect(count).toBe(transcript.entries.length)
  expect([...textFormat.write(transcript)].at(-1)).toMatch(/^SHA-256/)
}

function kindOf(entry: Entry): string {
  return entry.kind === 'message' ? entry.body.kind : entry.kind
}

describe(`${String(rounds * perRound * 2)} hostile items and frames`, () => {
  beforeAll(async () => {
    const items = fc.array(hostileItem, { minLength: perRound, maxLength: perRound })
    const frames = fc.array(hostileFrame, { minLength: perRound, maxLength: perRound })
    const property = fc.asyncProperty(items, frames, async (some, more) => {
      const world = await listenTo(some, more)
      expectSound(world)
      expectExported(world)
      await world.customerSays('Are you still there?')
      expect(world.chat.summary().link.phase).toBe('live')
      expect(world.texts()).toContain('Are you still there?')
    })
    await fc.assert(property, { numRuns: rounds, endOnFailure: true })
  }, 60_000)

  it('leave every chat whole, in order, exportable and able to go on', () => {
    expect(given).toBeGreaterThanOrEqual(rounds * perRound * 2)
  })

  it.each(['text', 'markdown', 'json', 'template', 'unknown', 'attachment', 'event'])(
    'came to the conversation as %s as well',
    (kind) => {
      expect(kinds.get(kind)).toBeGreaterThan(100)
    },
  )
})
