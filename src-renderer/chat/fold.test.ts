import { describe, expect, it } from 'vitest'
import { fold } from './fold.ts'

describe('[H9] folding a long text', () => {
  it.each(['', 'Hello', 'x'.repeat(2_000), 'word '.repeat(200), '\n'.repeat(50)])(
    'leaves what a person writes as it is',
    (text) => {
      expect(fold(text)).toEqual({ shown: text, hidden: 0 })
    },
  )

  it.each([
    ['one line', 'x'.repeat(65_536)],
    ['words', 'word '.repeat(12_000)],
    ['line breaks', '\n'.repeat(60_000)],
    ['emoji', '👩‍👩‍👧‍👦🏴‍☠️'.repeat(3_000)],
  ])('shows the beginning of a text of %s and counts the rest', (_, text) => {
    const { shown, hidden } = fold(text)

    expect(text.startsWith(shown)).toBe(true)
    expect(shown.length + hidden).toBe(text.length)
    expect(shown.length).toBeLessThanOrEqual(2_000)
    expect(shown.split('\n').length).toBeLessThanOrEqual(100)
    expect(encodeURIComponent(shown)).not.toBe('')
  })

  it('ends between two words', () => {
    const { shown } = fold('several words '.repeat(500))

    expect(shown).toMatch(/(?:words|several)$/)
  })
})
