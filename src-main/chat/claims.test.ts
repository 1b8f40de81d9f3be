import { expect, it, vi } from 'vitest'
import { CalmWorld } from '../testing/calm-world.ts'
import type { RawItem } from '../testing/simulation/simulated-room.ts'

it('[L16] claims nothing by our own clock, however it is set', async () => {
  const world = await CalmWorld.live()
  world.chat.setActive(true)
  const day = 26 * 3_600_000

  for (const by of [day, -day, -3_600_000, 3_600_000]) {
    await world.act({ after: 0, do: 'jump-clock', by })
    for (let passed = 0; passed < 40_000; passed += 4000) {
      await world.pass(4000)
      expect(world.chat.summary().completeUpTo).toBeLessThanOrEqual(world.service.room.now())
    }
  }
  const claim = world.chat.summary().completeUpTo ?? 0
  expect(world.service.room.now() - claim).toBeLessThan(30_000)
})

it('[L16] takes back a claim on the future once the service says what time it is', async () => {
  const world = await CalmWorld.live()
  const { room } = world.service
  const now = room.now.bind(room)
  const ahead = vi.spyOn(room, 'now').mockImplementation(() => now() + 300_000)
  world.chat.setActive(true)
  await world.pass(30_000)
  ahead.mockImplementation(now)

  await world.pass(30_000)

  expect(world.chat.summary().completeUpTo).toBeLessThanOrEqual(now())
})

it('[A5] shows the rest of a page with items that have no place, and does not read it over and over', async () => {
  const world = await CalmWorld.live()
  const bare = { Type: 'MESSAGE', ContentType: 'text/plain', Content: 'nowhere' } as unknown as RawItem
  world.service.room.items.push(bare, { ...bare, Type: 'EVENT' })
  await world.customerSays('before')
  const readings = vi.spyOn(world.service, 'getTranscript')

  world.service.sockets.drop('1006')
  await world.pass(60_000)
  await world.customerSays('after')

  expect(world.texts()).toEqual(['before', 'after'])
  expect(readings.mock.calls.length).toBeLessThan(6)
})
