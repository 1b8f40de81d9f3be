import { expect, it } from 'vitest'
import { ManualClock } from '../testing/manual-clock.ts'
import { watchSleep } from './sleep-watch.ts'

it('notices that the clock went on while the timers stood still', async () => {
  const clock = new ManualClock()
  let wakings = 0
  watchSleep(clock, () => (wakings += 1))
  await clock.advance(60_000)
  expect(wakings).toBe(0)

  clock.jump(3_600_000)
  await clock.advance(10_000)

  expect(wakings).toBe(1)
})

it('takes a clock that is set back for nothing', async () => {
  const clock = new ManualClock()
  let wakings = 0
  watchSleep(clock, () => (wakings += 1))

  clock.jump(-3_600_000)
  await clock.advance(60_000)

  expect(wakings).toBe(0)
})

it('stops when it is told to', async () => {
  const clock = new ManualClock()
  let wakings = 0
  const stop = watchSleep(clock, () => (wakings += 1))
  await clock.advance(6000)

  stop()
  clock.jump(3_600_000)
  await clock.advance(60_000)

  expect(wakings).toBe(0)
  expect(clock.nextIn).toBeNull()
})
