import { describe, expect, it } from 'vitest'
import { fileSize, progressSize } from './bytes.ts'
import { findMatch, matchScore } from './match.ts'
import { exactSpan, dayLabel, shortAge, spokenDuration, stopwatch } from './time.ts'

const noon = Date.UTC(2026, 2, 12, 14, 0, 0)
const day = 86_400_000

describe('times', () => {
  it.each([
    [24_000, '0:24', '24 seconds'],
    [61_000, '1:01', '1 minute 1'],
    [252_000, '4:12', '4 minutes 12'],
    [120_000, '2:00', '2 minutes'],
    [3_729_000, '1:02:09', '1 hour 2 minutes'],
    [-5, '0:00', '0 seconds'],
  ])('%i ms reads %s and is spoken "%s"', (milliseconds, shown, spoken) => {
    expect(stopwatch(milliseconds)).toBe(shown)
    expect(spokenDuration(milliseconds)).toBe(spoken)
  })

  it('[J] a gap within one second names one time', () => {
    const at = new Date(2026, 2, 12, 13, 1, 54).getTime()

    expect(exactSpan(at, at + 900)).toBe('at 13:01:54')
    expect(exactSpan(at, at + 16_000)).toBe('13:01:54 to 13:02:10')
  })

  it.each([
    [59_000, 'now'],
    [60_000, '1m'],
    [3 * 3_600_000, '3h'],
    [2 * day, '2d'],
  ])('[J] short ages: %i ms ago is %s', (milliseconds, expected) => {
    expect(shortAge(milliseconds)).toBe(expected)
  })

  it.each([
    [noon, 'Today, Thursday 12 March'],
    [noon - day, 'Yesterday, Wednesday 11 March'],
    [noon - 3 * day, 'Monday 9 March'],
    [noon - 365 * day, 'Wednesday 12 March 2025'],
  ])('names a day by how far it is', (at, expected) => {
    expect(dayLabel(at, noon)).toBe(expected)
  })
})

describe('sizes', () => {
  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [214_000, '214 KB'],
    [2_400_000, '2.4 MB'],
  ])('%i is %s', (bytes, expected) => {
    expect(fileSize(bytes)).toBe(expected)
  })

  it('counts progress in the unit of the whole', () => {
    expect(progressSize(2_700_000, 4_200_000)).toBe('2.7 of 4.2 MB')
    expect(progressSize(100, 90_000)).toBe('0 of 90 KB')
  })
})

describe('matching', () => {
  const hits = (text: string, query: string): string | null =>
    findMatch(text, query)
      ?.map((part) => (part.isHit ? `[${part.text}]` : part.text))
      .join('') ?? null

  it.each([
    ['Jonas Lindqvist', 'jo', '[Jo]nas Lindqvist'],
    ['Jump to the longest waiting customer', 'jo', '[J]ump t[o] the longest waiting customer'],
    ['Export transcript', 'trans', 'Export [trans]cript'],
    ['Export transcript', 'zz', null],
    ['Sofía Álvarez', 'sofia', '[Sofía] Álvarez'],
    ['Sofi\u0301a Álvarez', 'fia al', 'So[fi\u0301a Ál]varez'],
    ['Anna Wójcik', 'wojcik', 'Anna [Wójcik]'],
    ['Łódź', 'lodz', '[Łódź]'],
    ['Herr Groß', 'gross', 'Herr [Groß]'],
    ['Export transcript', '', 'Export transcript'],
  ])('[H5] in "%s" the query "%s" marks %s', (text, query, expected) => {
    expect(hits(text, query)).toBe(expected)
  })

  it('prefers the start, then a word, then anything', () => {
    const scores = ['Jonas', 'Mary Jones', 'banjo', 'Jump to'].map((text) => matchScore(text, 'jo'))

    expect(scores).toEqual([0, 1, 2, 3])
  })
})
