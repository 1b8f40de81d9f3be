import { describe, expect, it } from 'vitest'
import { ServiceError } from '../participant/service-error.ts'
import { anOpenOutbox, OutboxWorld } from '../testing/outbox-world.ts'

const minute = 60_000
const denied = new ServiceError('denied', 'no', { status: 403 })

describe('a try of unknown outcome', () => {
  const sentWithoutAnAnswer = async () => {
    const world = await anOpenOutbox('lose-answer')
    world.forgetsTokens = true
    await world.add('one')
    await world.clock.advance(0)
    return world
  }

  it('is not repeated without looking it up, however soon', async () => {
    const world = await sentWithoutAnAnswer()

    await world.clock.advance(1000)

    expect(world.tokens).toHaveLength(1)
    expect(world.proofsAsked).toBe(1)
  })

  it('is settled when the transcript has it', async () => {
    const world = await sentWithoutAnAnswer()

    world.prove()

    expect(world.told).toContain('one is item-1')
    expect(world.arrived).toEqual(['one'])
  })

  it('is repeated when the transcript does not have it', async () => {
    const world = await anOpenOutbox('cut')
    await world.add('one')
    await world.clock.advance(0)
    world.outbox.shut()
    await world.clock.advance(2 * minute)
    world.outbox.open()

    world.prove()
    await world.clock.advance(0)

    expect(world.arrived).toEqual(['one'])
  })

  it('is not proven by a reading that began before it', async () => {
    const world = await anOpenOutbox('hang')
    await world.add('one')
    await world.clock.advance(0)

    world.outbox.readingBegan()
    world.outbox.readingAsks()
    world.outbox.shut()
    await world.clock.advance(2 * minute)
    world.outbox.open()
    world.outbox.readingProves()
    await world.clock.advance(1000)

    expect(world.tokens).toHaveLength(1)
  })

  it('is not proven by a reading during which it left', async () => {
    const world = await anOpenOutbox('hang')
    world.outbox.readingBegan()
    world.outbox.readingAsks()
    await world.add('one')
    await world.clock.advance(0)
    world.outbox.shut()
    await world.clock.advance(0)

    world.outbox.readingProves()
    world.outbox.open()
    await world.clock.advance(1000)

    expect(world.tokens).toHaveLength(1)
    expect(world.proofsAsked).toBeGreaterThan(0)
  })

  it('is settled by its echo', async () => {
    const world = await anOpenOutbox('hang')
    await world.add('one')
    await world.clock.advance(0)

    expect(world.outbox.claim('one', { serviceId: 'item-7', at: 0 })?.entryId).toBe('own-one')

    expect(world.told).toContain('one is item-7')
    expect(world.outbox.waiting).toBe(0)
  })

  it('fails for good when it is missing, then refused and missing still', async () => {
    const world = await anOpenOutbox('cut', denied)
    await world.add('one')
    await world.clock.advance(500)
    world.prove()
    await world.clock.advance(500)
    expect(world.tokens).toHaveLength(2)
    expect(world.told).not.toContain('one failed: denied')

    world.prove()
    await world.clock.advance(0)

    expect(world.told).toContain('one failed: denied')
  })

  it('has not failed when it was missed, refused, and arrived after all', async () => {
    const world = await anOpenOutbox('lose-answer', denied)
    await world.add('one')
    await world.clock.advance(500)
    world.readingMisses = true
    world.prove()
    await world.clock.advance(500)
    world.readingMisses = false

    world.prove()
    await world.clock.advance(500)

    expect(world.told).toContain('one is item-1')
    expect([world.outbox.waiting, world.outbox.failed]).toEqual([0, 0])
  })

  it('is settled by a late echo also while the service is too busy for the next try', async () => {
    const world = await anOpenOutbox('cut', new ServiceError('throttled', 'wait', { status: 429 }))
    await world.add('one')
    await world.clock.advance(200)
    world.prove()
    await world.clock.advance(0)

    expect(() => world.outbox.discard('own-one')).toThrow('being sent')
    expect(world.outbox.claim('one', { serviceId: 'item-7', at: 0 })?.entryId).toBe('own-one')
  })

  it('may be late: what was missed once is known by the time of the reading and not of the next try', async () => {
    const world = await anOpenOutbox('cut', 'hang')
    world.serviceTime = 10_000
    await world.add('one')
    await world.clock.advance(200)
    world.serviceTime = 20_000
    world.prove()
    world.serviceTime = 40_000
    await world.clock.advance(0)
    expect(world.tokens).toHaveLength(2)

    expect(world.outbox.claim('one', { serviceId: 'item-7', at: 5000 })).toBeNull()
    expect(world.outbox.claim('one', { serviceId: 'item-7', at: 12_000 })?.entryId).toBe('own-one')
  })
})

describe('two messages with the same words', () => {
  it('are told apart by their order', async () => {
    const before = new OutboxWorld()
    const first = before.message('ok')
    const second = { ...before.message('ok'), entryId: 'own-second', clientToken: 'token second' }
    const world = new OutboxWorld([first, second])
    world.forgetsTokens = true
    world.has('ok')
    world.outbox.open()
    await world.clock.advance(0)

    world.prove()
    expect(world.outbox.waiting).toBe(1)
    expect(world.told).toEqual(['ok is item-1', 'ok leaving'])
    await world.clock.advance(0)

    expect(world.arrived).toEqual(['ok', 'ok'])
    expect(world.tokens).toEqual(['token second'])
  })
})

describe('what was never tried', () => {
  it('is not claimed by words that look the same', async () => {
    const world = new OutboxWorld()
    await world.add('one')

    expect(world.outbox.claim('one', { serviceId: 'item-7', at: 0 })).toBeNull()
  })
})

describe('after a crash', () => {
  it('what was queued counts as tried and is looked up first', async () => {
    const before = new OutboxWorld()
    const queued = before.message('one')
    const world = new OutboxWorld([{ ...queued, queuedAt: before.clock.now() - 5 * minute }])

    world.outbox.open()
    await world.clock.advance(0)
    expect(world.tokens).toEqual([])

    world.prove()
    await world.clock.advance(0)
    expect(world.arrived).toEqual(['one'])
  })

  it('what had failed stays failed', () => {
    const before = new OutboxWorld()
    const failed = before.message('one', { state: { state: 'failed', code: 'refused', reason: 'no' } })

    expect(new OutboxWorld([failed]).outbox.failed).toBe(1)
  })
})
