import { describe, expect, it } from 'vitest'
import { ManualClock, settle } from '../testing/manual-clock.ts'
import type { Urgency } from './rate-scheduler.ts'
import { defaultRateLimits, RateScheduler } from './rate-scheduler.ts'

/** A part of the burst is held back, so four means three. */
function aScheduler() {
  const clock = new ManualClock()
  const scheduler = new RateScheduler(clock, { ...defaultRateLimits, message: { rate: 10, burst: 4 } })
  const gone: string[] = []
  const take = (name: string, urgency: Urgency = 'send', signal?: AbortSignal) => {
    scheduler.take('message', urgency, signal).then(
      () => gone.push(name),
      () => gone.push(`${name} gave up`),
    )
  }
  return { clock, scheduler, gone, take }
}

const names = (count: number) => Array.from({ length: count }, (_, index) => `call ${index}`)

describe('calls', () => {
  it('leave at once as far as the burst allows, then at the rate', async () => {
    const { clock, gone, take } = aScheduler()
    for (const name of names(6)) take(name)

    await settle()
    expect(gone).toHaveLength(3)

    await clock.advance(100)
    expect(gone).toHaveLength(4)

    await clock.advance(200)
    expect(gone).toEqual(names(6))
  })

  it('leave in the order of their urgency, then of their coming', async () => {
    const { clock, gone, take } = aScheduler()
    for (const name of names(3)) take(name)
    take('typing', 'typing')
    take('other', 'other-chat')
    take('receipt', 'receipt')
    take('first', 'send')
    take('second', 'send')
    take('active', 'active-chat')

    await clock.advance(1000)

    expect(gone.slice(3)).toEqual(['first', 'second', 'active', 'other', 'receipt', 'typing'])
  })

  it('leave at a changed rate from the change on, those that wait included', async () => {
    const { clock, scheduler, gone, take } = aScheduler()
    for (const name of names(7)) take(name)
    await settle()
    expect(gone).toHaveLength(3)

    scheduler.change({ ...defaultRateLimits, message: { rate: 1, burst: 4 } })
    await clock.advance(900)
    expect(gone).toHaveLength(3)
    await clock.advance(1100)
    expect(gone).toHaveLength(5)

    scheduler.change({ ...defaultRateLimits, message: { rate: 100, burst: 4 } })
    await clock.advance(30)
    expect(gone).toEqual(names(7))
  })

  it('never exceed the rate over any second, however they come', async () => {
    const { clock, gone, take } = aScheduler()
    for (const name of names(100)) take(name)

    await clock.advance(5000)

    expect(gone.length).toBeLessThanOrEqual(3 + 50)
    expect(gone.length).toBeGreaterThanOrEqual(3 + 49)
  })

  it('that are given up leave the queue to the others', async () => {
    const { clock, gone, take } = aScheduler()
    const abort = new AbortController()
    for (const name of names(3)) take(name)
    take('given up', 'send', abort.signal)
    take('patient')

    abort.abort()
    await clock.advance(100)

    expect(gone.slice(3)).toEqual(['given up gave up', 'patient'])
  })

  it('of one kind do not wait for those of another', async () => {
    const { scheduler, gone, take } = aScheduler()
    for (const name of names(10)) take(name)
    const other = scheduler.take('event', 'receipt').then(() => gone.push('event'))

    await other

    expect(gone).toContain('event')
  })
})

describe('after a refusal', () => {
  it('nobody leaves before the service is ready again', async () => {
    const { clock, scheduler, gone, take } = aScheduler()
    scheduler.refused('message', 5000)
    take('patient')

    await clock.advance(4900)
    expect(gone).toEqual([])

    await clock.advance(200)
    expect(gone).toEqual(['patient'])
  })

  it('the rate is halved and grows back', async () => {
    const { clock, scheduler, gone, take } = aScheduler()
    scheduler.refused('message', 1000)
    for (const name of names(400)) take(name)

    await clock.advance(2000)
    expect(gone.length).toBeLessThanOrEqual(8)

    await clock.advance(18_000)
    const before = gone.length
    await clock.advance(1000)
    expect(gone.length - before).toBeGreaterThanOrEqual(9)
  })

  it('a typing sign does not wait', () => {
    const { scheduler } = aScheduler()
    scheduler.refused('event', 1000)

    expect(scheduler.tryTake('event')).toBe(false)
  })
})

it('gives no burst to a clock that jumps back, and goes on at the rate', async () => {
  const { clock, gone, take } = aScheduler()
  for (const name of names(5)) take(name)
  clock.jump(-3_600_000)

  await clock.advance(250)

  expect(gone).toEqual(names(5))
})
