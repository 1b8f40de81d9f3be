import { expect, it } from 'vitest'
import { ManualClock } from '../testing/manual-clock.ts'
import { ServiceTime } from './service-time.ts'

const noon = Date.UTC(2026, 0, 5, 12)

it('follows the clock of the service, however wrong ours is', async () => {
  const clock = new ManualClock(noon - 86_400_000)
  const time = new ServiceTime(clock)
  time.told(noon)

  await clock.advance(5000)

  expect(time.now()).toBe(noon + 5000)
  expect(time.toLocal(noon)).toBe(noon - 86_400_000)
})

it('never puts on our clock what has not come yet', () => {
  const clock = new ManualClock(noon)
  const time = new ServiceTime(clock)

  expect(time.toLocal(noon + 60_000)).toBe(noon)
})

it('remembers the latest the service has said', () => {
  const time = new ServiceTime(new ManualClock(noon))
  time.told(noon)
  time.saw(noon + 5)
  time.saw(noon - 5)

  expect(time.latest).toBe(noon + 5)
})

it('[L16] is not moved by somebody who sets our clock', async () => {
  const clock = new ManualClock(noon)
  const time = new ServiceTime(clock)
  time.told(noon)

  for (const step of [26 * 3_600_000, -26 * 3_600_000, -3_600_000]) {
    clock.jump(step)
    await clock.advance(4000)
    expect(time.now()).toBe(noon + clock.elapsed)
    expect(clock.now() - time.toLocal(noon)).toBe(clock.elapsed)
  }
})
