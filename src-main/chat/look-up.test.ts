import { describe, expect, it } from 'vitest'
import { anOpenOutbox, OutboxWorld } from '../testing/outbox-world.ts'

const minute = 60_000

/** One message whose try was lost, missed by a reading while the line was down. */
async function lookedUpOffline(): Promise<OutboxWorld> {
  const world = await anOpenOutbox('cut')
  await world.add('one')
  await world.clock.advance(0)
  world.outbox.shut()
  world.prove()
  return world
}

/** One message whose try was lost, missed by a reading and about to go out again. */
async function waitingForItsTurn(): Promise<{ world: OutboxWorld; grant: () => void }> {
  const world = await anOpenOutbox('cut')
  await world.add('one')
  await world.clock.advance(200)
  let grant: () => void = () => undefined
  world.turn = new Promise((resolve) => {
    grant = resolve
  })
  world.prove()
  return { world, grant: () => grant() }
}

describe('a message in doubt', () => {
  it.each([
    ['', 0],
    [', though the clock was set back by as much', -50_000],
  ])('is looked up again when it did not leave soon after: it may have arrived since%s', async (_, jump) => {
    const world = await lookedUpOffline()
    await world.clock.advance(50_000)
    world.clock.jump(jump)

    world.outbox.open()
    await world.clock.advance(0)
    expect(world.tokens).toHaveLength(1)
    expect(world.proofsAsked).toBe(1)

    world.prove()
    await world.clock.advance(0)
    expect(world.arrived).toEqual(['one'])
  })

  it('leaves soon after it was looked up, wherever the clock is set', async () => {
    const world = await lookedUpOffline()
    world.clock.jump(120 * minute)

    world.outbox.open()
    await world.clock.advance(0)

    expect(world.arrived).toEqual(['one'])
    expect(world.proofsAsked).toBe(0)
  })

  it('is looked up again when its turn among the calls comes too late', async () => {
    const { world, grant } = await waitingForItsTurn()
    await world.clock.advance(100_000)
    expect(world.proofsAsked).toBe(1)

    grant()
    await world.clock.advance(200)
    expect(world.tokens).toHaveLength(1)
    expect(world.proofsAsked).toBe(2)

    world.prove()
    await world.clock.advance(0)
    expect(world.arrived).toEqual(['one'])
  })

  it('does not leave any more when it has shown up while waiting for its turn', async () => {
    const { world, grant } = await waitingForItsTurn()
    await world.clock.advance(0)

    world.outbox.claim('one', { serviceId: 'item-7', at: 0 })
    grant()
    await world.clock.advance(1000)

    expect(world.tokens).toHaveLength(1)
    expect(world.told).toContain('one is item-7')
  })

  it('is no doubt when it was given up before its turn came', async () => {
    const world = await anOpenOutbox()
    world.turn = new Promise(() => undefined)
    await world.add('one')
    await world.clock.advance(0)
    world.outbox.shut()
    world.turn = Promise.resolve()
    await world.clock.advance(0)

    world.outbox.open()
    await world.clock.advance(0)

    expect(world.arrived).toEqual(['one'])
    expect(world.proofsAsked).toBe(0)
  })

  it('is looked up again when the reading could not settle the one before it', async () => {
    const before = new OutboxWorld()
    const world = new OutboxWorld([before.message('one'), before.message('two')])
    world.fates.push('hang')
    world.outbox.open()
    world.prove()
    await world.clock.advance(50_000)

    // The look-up of the second is old, and the first is under way.
    world.prove()
    world.outbox.claim('one', { serviceId: 'item-7', at: 0 })
    world.outbox.shut()
    await world.clock.advance(0)
    const asked = world.proofsAsked
    world.outbox.open()
    await world.clock.advance(1000)

    expect(world.proofsAsked).toBe(asked + 1)
    expect(world.tokens).toEqual(['token one'])
  })

  it('is looked up together with those behind it, however long the queue takes', async () => {
    const before = new OutboxWorld()
    const world = new OutboxWorld(['one', 'two', 'three'].map((text) => before.message(text)))
    world.outbox.open()
    world.prove()
    world.outbox.shut()
    await world.clock.advance(50_000)
    const asked = world.proofsAsked
    world.outbox.open()

    world.prove()
    await world.clock.advance(0)

    expect(world.arrived).toEqual(['one', 'two', 'three'])
    expect(world.proofsAsked).toBe(asked + 1)
  })
})
