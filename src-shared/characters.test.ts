import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countCharacters, endOfCharacters } from './characters.ts'

describe('the characters of a text', () => {
  it.each([
    ['', 0],
    ['Grüße', 5],
    ['e\u0301', 2],
    ['😀', 1],
    ['👩‍👩‍👧', 5],
    ['𝒳'.repeat(1024), 1024],
    ['half \uD83D', 6],
  ])('%j are counted as code points', (text, count) => {
    expect(countCharacters(text)).toBe(count)
  })

  it('are never cut in halves', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, count) => {
        const end = endOfCharacters(text, count)

        expect(countCharacters(text.slice(0, end))).toBe(Math.min(count, countCharacters(text)))
        expect(countCharacters(text.slice(0, end)) + countCharacters(text.slice(end))).toBe(
          countCharacters(text),
        )
      }),
    )
  })
})
