import { describe, expect, it } from 'vitest'
import { CalmWorld } from '../testing/calm-world.ts'

const isHeard = (world: CalmWorld) => world.texts().includes('unheard')

/** How long it takes until what a silent socket kept back is here. */
async function noticedAfter(world: CalmWorld): Promise<number> {
  for (let waited = 0; waited < 120_000; waited += 500) {
    if (isHeard(world)) return waited
    await world.pass(500)
  }
  return Infinity
}

describe('a socket that answers heartbeats and carries nothing', () => {
  it.each([
    { where: 'on screen', isActive: true, within: 30_000 },
    { where: 'elsewhere', isActive: false, within: 60_000 },
  ])('[L7] is found out in time in a chat $where, and replaced', async ({ isActive, within }) => {
    for (const seed of [1, 2, 3, 4]) {
      const world = await CalmWorld.live({ seed })
      world.chat.setActive(isActive)
      await world.pass(seed * 9000)
      world.service.sockets.mute()

      await world.customerSays('unheard')

      expect(await noticedAfter(world)).toBeLessThanOrEqual(within)
      await world.pass(5000)
      expect(world.service.sockets.muted).toBe(0)
      expect(world.service.sockets.open).toBe(1)
      expect(world.chat.summary().link.phase).toBe('live')
    }
  })

  it('[L7] never has the conversation called complete', async () => {
    const world = await CalmWorld.live()
    world.service.sockets.mute()
    await world.customerSays('unheard')
    const said = Date.parse(world.service.room.items.at(-1)?.AbsoluteTime ?? '')

    while (!isHeard(world)) {
      expect(world.chat.summary().completeUpTo).toBeLessThan(said)
      await world.pass(500)
    }
    expect(world.mirror.violations).toEqual([])
  })

  it('[L7] is found out by the echo it does not give, sooner than by an audit', async () => {
    const world = await CalmWorld.live()
    world.service.sockets.mute()
    await world.customerSays('unheard')

    await world.agentSays('hello')

    expect(await noticedAfter(world)).toBeLessThan(8000)
    await world.pass(5000)
    expect(world.service.sockets.muted).toBe(0)
  })

  it('[L7] is not replaced ever faster when none is better, and nothing waits for a better one', async () => {
    const world = await CalmWorld.live()
    const { faults } = world.service.network
    world.service.sockets.mute()
    faults.muting = true
    await world.customerSays('unheard')
    await noticedAfter(world)
    const before = world.service.sockets.issued

    for (let minute = 0; minute < 10; minute += 1) {
      await world.customerSays(`in minute ${minute}`)
      await world.pass(20_000)
      expect(world.texts()).toContain(`in minute ${minute}`)
      await world.pass(40_000)
    }

    expect(world.service.sockets.issued - before).toBeLessThan(8)
  })

  it('[L7] is told from one that is merely calm', async () => {
    const world = await CalmWorld.live()
    world.chat.setActive(true)
    const before = world.service.sockets.issued

    for (let turn = 0; turn < 20; turn += 1) {
      await world.customerSays(`message ${turn}`)
      await world.agentSays(`answer ${turn}`)
      await world.pass(30_000)
    }

    expect(world.service.sockets.issued).toBe(before)
  })
})
