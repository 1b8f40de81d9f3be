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

  it('[L7] keeps back no receipt for longer than anything else', async () => {
    const world = await CalmWorld.live()
    const entryId = await world.agentSays('hello')
    const delivery = () => {
      const entry = world.chat.entries().find(({ id }) => id === entryId)
      return entry?.kind === 'message' ? entry.delivery?.state : undefined
    }
    // The message has long been the last, so that no reading has a reason to begin before it.
    for (let turn = 0; turn < 2; turn += 1) {
      await world.pass(60_000)
      world.service.sockets.drop('1006')
    }
    await world.pass(3000)
    world.service.sockets.mute()

    world.service.room.receiptOfNewest('agent-1', 'a receipt that is told to nobody')
    await world.pass(60_000)

    expect(delivery()).toBe('read')
  })

  it('[L7] is followed by others until one proves to be sound, whatever fell into the change', async () => {
    const world = await CalmWorld.live()
    world.service.sockets.mute()
    await world.customerSays('unheard')
    world.service.network.faults.muting = true
    await noticedAfter(world)
    await world.pass(5000)
    world.service.network.faults.muting = false
    world.service.sockets.mute()

    await world.pass(40_000)
    expect(world.service.sockets.muted).toBe(0)

    await world.customerSays('heard')
    await world.pass(60_000)
    const before = world.service.sockets.issued
    await world.pass(10 * 60_000)
    expect(world.service.sockets.issued).toBe(before)
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
