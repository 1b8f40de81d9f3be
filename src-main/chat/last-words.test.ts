import { beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../testing/manual-clock.ts'
import { LastWords } from './last-words.ts'

let clock: ManualClock
let doubts: string[]
let words: LastWords

beforeEach(() => {
  clock = new ManualClock()
  doubts = []
  words = new LastWords(clock, (reason) => doubts.push(reason))
})

describe('that we are out of the chat', () => {
  it('is doubted a moment after our leaving was told', async () => {
    words.heard('left')
    expect(doubts).toEqual([])

    await clock.advance(300)

    expect(doubts).toEqual(['left'])
  })

  it('is for a transfer, if one is told as well', async () => {
    words.heard('left')
    words.heard('transferred')

    await clock.advance(1000)

    expect(doubts).toEqual(['transferred'])
  })

  it('is no longer asked once the line is gone', async () => {
    words.heard('left')
    words.forget()

    await clock.advance(1000)

    expect(doubts).toEqual([])
  })
})
