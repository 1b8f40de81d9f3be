import { describe, expect, it } from 'vitest'
import { hueOf } from './hues.ts'

const live = { phase: 'live', since: 0 } as const
const ended = { phase: 'ended', at: 0, reason: 'completed' } as const

describe('hueOf', () => {
  it('[G6] gives ten open chats ten colours', () => {
    const beside: { hue: number; link: typeof live }[] = []
    for (let chat = 0; chat < 10; chat += 1)
      beside.push({ hue: hueOf(`contact-${chat * 8}`, beside), link: live })

    expect(new Set(beside.map(({ hue }) => hue)).size).toBe(10)
  })

  it('[G6] takes the colour of an ended chat before that of a live one', () => {
    const beside = Array.from({ length: 12 }, (_, index) => ({
      hue: index + 1,
      link: index === 4 ? ended : live,
    }))

    expect(hueOf('one more', beside)).toBe(5)
  })
})
