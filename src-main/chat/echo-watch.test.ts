import { expect, it } from 'vitest'
import { ManualClock } from '../testing/manual-clock.ts'
import { EchoWatch } from './echo-watch.ts'

function aWatch() {
  const clock = new ManualClock()
  let misses = 0
  const watch = new EchoWatch(clock, () => (misses += 1))
  return { clock, watch, misses: () => misses }
}

it('is content when the echo comes, before or after the answer', async () => {
  const { clock, watch, misses } = aWatch()
  watch.heard('early')
  watch.expect('early')
  watch.expect('late')
  await clock.advance(4000)
  watch.heard('late')

  await clock.advance(10_000)

  expect(misses()).toBe(0)
})

it('calls the socket deaf when an accepted message is not repeated', async () => {
  const { clock, watch, misses } = aWatch()

  watch.expect('lost')
  await clock.advance(6000)

  expect(misses()).toBe(1)
})
