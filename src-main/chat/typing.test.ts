import { describe, expect, it } from 'vitest'
import { ManualClock } from '../testing/manual-clock.ts'
import { Typing } from './typing.ts'

function aTyping() {
  const clock = new ManualClock()
  const seen = { sent: 0, changes: 0 }
  const typing = new Typing({
    clock,
    send: async () => {
      seen.sent += 1
    },
    changed: () => (seen.changes += 1),
  })
  return { clock, typing, seen }
}

describe('the typing sign', () => {
  it('goes out at most once in ten seconds', async () => {
    const { clock, typing, seen } = aTyping()

    for (let second = 0; second < 25; second += 1) {
      typing.agentTypes()
      await clock.advance(1000)
    }

    expect(seen.sent).toBe(3)
  })

  it('of the customer is shown for twelve seconds after the last one', async () => {
    const { clock, typing } = aTyping()
    typing.customerTypes()
    await clock.advance(8000)
    typing.customerTypes()

    await clock.advance(11_900)
    expect(typing.until).toBe(clock.now() + 100)

    await clock.advance(200)
    expect(typing.until).toBeNull()
  })

  it('is gone once the customer spoke', async () => {
    const { clock, typing, seen } = aTyping()
    typing.customerTypes()

    typing.customerSpoke()
    await clock.advance(20_000)

    expect(typing.until).toBeNull()
    expect(seen.changes).toBe(2)
  })
})
