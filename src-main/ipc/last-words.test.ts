import { describe, expect, it } from 'vitest'
import { ManualClock } from '../testing/manual-clock.ts'
import { LastWords } from './last-words.ts'

describe('[L10] before it quits', () => {
  it('waits until the page has handed over what is typed', async () => {
    const words = new LastWords(new ManualClock(), () => true)
    let isOver = false

    const asking = words.ask().then(() => (isOver = true))
    await Promise.resolve()
    expect(isOver).toBe(false)
    words.done()

    await asking
    expect(isOver).toBe(true)
  })

  it.each([
    ['a page that hangs', true],
    ['no page', false],
  ])('does not wait for ever for %s', async (_, isThere) => {
    const clock = new ManualClock()
    const asking = new LastWords(clock, () => isThere).ask()

    await clock.advance(isThere ? 2_000 : 0)

    await expect(asking).resolves.toBe(false)
  })

  it('[E2] asks once, however often it is asked to', async () => {
    let count = 0
    const words = new LastWords(new ManualClock(), () => {
      count += 1
      return true
    })
    const both = Promise.all([words.ask(), words.ask()])
    words.done()

    expect(await both).toEqual([true, true])
    expect(count).toBe(1)
  })
})
