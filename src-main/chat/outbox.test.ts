import { describe, expect, it } from 'vitest'
import { DeskError } from '#shared/failure.ts'
import { ServiceError } from '../participant/service-error.ts'
import type { Fate } from '../testing/outbox-world.ts'
import { anOpenOutbox, chatId, OutboxWorld } from '../testing/outbox-world.ts'

const refused = new ServiceError('refused', 'no', { status: 400 })
const busy = new ServiceError('throttled', 'wait', { status: 429 })
const minute = 60_000

describe('a message', () => {
  it('is on the disk before it is called queued', async () => {
    const world = new OutboxWorld()

    await world.add('one')

    expect(world.store.isSafe('own-one')).toBe(true)
    expect(world.told).toEqual(['one queued'])
  })

  it('that cannot be saved is not queued', async () => {
    const world = await anOpenOutbox()
    world.store.break(new DeskError('disk-full', 'The disk is full.'))

    await expect(world.add('one')).rejects.toMatchObject({ failure: { code: 'disk-full' } })

    expect(world.outbox.waiting).toBe(0)
    expect(world.arrived).toEqual([])
  })

  it('waits for the line', async () => {
    const world = new OutboxWorld()
    await world.add('one')
    await world.clock.advance(minute)
    expect(world.arrived).toEqual([])

    world.outbox.open()
    await world.clock.advance(0)

    expect(world.arrived).toEqual(['one'])
    expect(world.outbox.waiting).toBe(0)
  })

  it('goes after those typed before it, one at a time', async () => {
    const world = await anOpenOutbox(busy, 'cut')
    await Promise.all(['one', 'two', 'three'].map((text) => world.add(text)))

    await world.clock.advance(1000)
    world.prove()
    await world.clock.advance(1000)

    expect(world.arrived).toEqual(['one', 'two', 'three'])
    expect(world.tokens).toEqual(['token one', 'token one', 'token one', 'token two', 'token three'])
  })

  it.each<[string, Fate]>([
    ['the network is cut', 'cut'],
    ['the answer is lost', 'lose-answer'],
    ['the service is ill', new ServiceError('service-unavailable', 'ill', { status: 503 })],
    ['nobody answers', new ServiceError('timed-out', 'late')],
  ])('is looked up when %s, and goes out again with the same token if it is missing', async (_, fate) => {
    const world = await anOpenOutbox(fate)
    await world.add('one')
    await world.clock.advance(200)
    expect(world.tokens).toHaveLength(1)
    expect(world.proofsAsked).toBe(1)

    world.readingMisses = fate === 'lose-answer'
    world.prove()
    await world.clock.advance(0)

    expect(world.arrived).toEqual(['one'])
    expect(world.tokens).toEqual(['token one', 'token one'])
  })

  it('that the service was too busy for is tried again as it is', async () => {
    const world = await anOpenOutbox(busy)
    await world.add('one')

    await world.clock.advance(200)

    expect(world.arrived).toEqual(['one'])
    expect(world.tokens).toEqual(['token one', 'token one'])
    expect(world.proofsAsked).toBe(0)
  })

  it('says why when it takes more than a try or two, until it is through', async () => {
    const world = await anOpenOutbox(busy, busy, busy)
    await world.add('one')
    await world.clock.advance(1000)
    await world.add('two')
    await world.clock.advance(1000)

    expect(world.told.filter((one) => one.includes('delayed'))).toEqual([
      'one delayed: throttled',
      'one delayed: throttled',
    ])
    expect(world.arrived).toEqual(['one', 'two'])
  })

  it('that is refused fails with the reason and lets the others pass', async () => {
    const world = await anOpenOutbox(refused)
    await world.add('one')
    await world.add('two')

    await world.clock.advance(0)

    expect(world.told).toContain('one failed: refused')
    expect(world.arrived).toEqual(['two'])
    expect([world.outbox.waiting, world.outbox.failed]).toEqual([0, 1])
  })

  it('that failed goes out again when the agent says so', async () => {
    const world = await anOpenOutbox(refused)
    await world.add('one')
    await world.clock.advance(0)

    const failed = world.outbox.failedMessage('own-one')
    if (failed !== null) world.outbox.retry({ ...failed, seq: 9 })
    world.outbox.pump()
    await world.clock.advance(0)

    expect(world.arrived).toEqual(['one'])
  })

  it('that failed can be taken back, one that may have left cannot', async () => {
    const world = await anOpenOutbox(refused, 'hang')
    await world.add('one')
    await world.add('two')
    await world.clock.advance(0)

    world.outbox.discard('own-one')

    expect(() => world.outbox.discard('own-two')).toThrow('being sent')
    expect(world.outbox.failed).toBe(0)
  })
})

describe('a formatted message that the contact does not take', () => {
  const formatted = { contentType: 'text/markdown' }

  it('goes out as plain words with a token of its own, before what was typed after it', async () => {
    const world = await anOpenOutbox(refused)
    await world.add('one', formatted)
    await world.add('two')

    await world.clock.advance(0)

    expect(world.arrived).toEqual(['one', 'two'])
    expect(world.types).toEqual(['text/markdown', 'text/plain', 'text/plain'])
    expect(world.tokens).toEqual(['token one', 'another token', 'token two'])
    expect(world.outbox.failed).toBe(0)
  })

  it('is plain on the disk before it leaves', async () => {
    const world = await anOpenOutbox(refused, 'hang')
    await world.add('one', formatted)
    await world.clock.advance(0)

    const [kept] = await world.store.loadOutbox(chatId)

    expect(kept).toMatchObject({ contentType: 'text/plain', clientToken: 'another token' })
  })

  it('fails when its plain words are refused as well', async () => {
    const world = await anOpenOutbox(refused, refused)
    await world.add('one', formatted)

    await world.clock.advance(0)

    expect(world.told).toContain('one failed: refused')
    expect(world.tokens).toHaveLength(2)
  })

  it('keeps its form while an earlier try may have been taken', async () => {
    const world = await anOpenOutbox('lose-answer', refused)
    await world.add('one', formatted)
    await world.clock.advance(1000)
    expect(world.types).toEqual(['text/markdown'])

    world.prove()
    await world.clock.advance(1000)

    expect(world.arrived).toEqual(['one'])
    expect(world.outbox.waiting + world.outbox.failed).toBe(0)
  })

  it('is refused for good for any other reason', async () => {
    const world = await anOpenOutbox(new ServiceError('denied', 'no', { status: 403 }))
    await world.add('one', formatted)

    await world.clock.advance(0)

    expect(world.told).toContain('one failed: denied')
  })
})

describe('when the line goes down', () => {
  it('the try under way ends, and goes on with the same token when it is back', async () => {
    const world = await anOpenOutbox('hang')
    await world.add('one')
    await world.clock.advance(0)

    world.outbox.shut()
    await world.clock.advance(1000)
    expect(world.tokens).toHaveLength(1)

    world.outbox.open()
    world.prove()
    await world.clock.advance(0)
    expect(world.arrived).toEqual(['one'])
    expect(world.tokens).toEqual(['token one', 'token one'])
  })
})

it('fails what is left when the chat is over', async () => {
  const world = await anOpenOutbox('hang')
  await world.add('one')
  await world.add('two')

  world.outbox.finish()

  expect(world.told.filter((one) => one.includes('failed'))).toEqual([
    'one failed: chat-ended',
    'two failed: chat-ended',
  ])
})

it('sends a thousand messages typed offline in order and once', async () => {
  const world = new OutboxWorld()
  const typed = Array.from({ length: 1000 }, (_, index) => `message ${index}`)
  await Promise.all(typed.map((text) => world.add(text)))

  world.outbox.open()
  await world.clock.advance(1000)

  expect(world.arrived).toEqual(typed)
})
