import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countCharacters } from '#shared/characters.ts'
import { applyFormat, type Format } from './format-text.ts'
import { assemble, fillResponse, matchingResponses, starterResponses } from './quick-responses.ts'
import { splitText } from './split-text.ts'

/** "[" and "]" mark the selection. */
function select(marked: string): { text: string; start: number; end: number } {
  const start = marked.indexOf('[')
  const end = marked.indexOf(']') - 1
  return { text: marked.replace('[', '').replace(']', ''), start, end }
}

function mark({ text, start, end }: { text: string; start: number; end: number }): string {
  return `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`
}

describe('applyFormat', () => {
  it.each<[Format, string, string]>([
    ['bold', 'a [big] table', 'a **[big]** table'],
    ['bold', 'a **[big]** table', 'a [big] table'],
    ['italic', 'a [] table', 'a _[]_ table'],
    ['bold', 'a [big ]table', 'a **[big]** table'],
    ['bold', 'a [**big**] table', 'a [big] table'],
    ['italic', 'a[ big ]table', 'a _[big]_ table'],
    ['list', '[- two\n- three]', 'two\nthree[]'],
    ['list', '[1. two\n2. three]', '- two\n- three[]'],
    ['list-ordered', '[1. two]', 'two[]'],
    ['list', 'first\n[two\nthree]', 'first\n- two\n- three[]'],
    ['list-ordered', '[two\nthree]', '1. two\n2. three[]'],
  ])('%s turns "%s" into "%s"', (format, before, after) => {
    expect(mark(applyFormat(select(before), format))).toBe(after)
  })

  it('makes a link plain words again', () => {
    const text = 'see [the guide](https://a.example) now'

    expect(applyFormat({ text, start: 24, end: 26 }, 'link')).toEqual({
      text: 'see the guide now',
      start: 4,
      end: 13,
    })
  })

  it('makes a link whose address is selected, to be typed over', () => {
    const linked = applyFormat(select('see [the guide] now'), 'link')

    expect(linked.text).toBe('see [the guide](https://) now')
    expect(linked.text.slice(linked.start, linked.end)).toBe('https://')
  })
})

describe('splitText', () => {
  it.each([
    ['short enough', 100, 'short enough', ''],
    ['One sentence. Another one.', 20, 'One sentence.', 'Another one.'],
    ['words without any end', 12, 'words', 'without any end'],
    ['first paragraph\nsecond', 20, 'first paragraph', 'second'],
    ['unbreakable', 4, 'unbr', 'eakable'],
    ['😀😀😀', 3, '😀😀😀', ''],
    ['😀😀😀😀', 3, '😀😀😀', '😀'],
  ])('cuts "%s" at %i', (...[text, limit, first, rest]) => {
    expect(splitText(text, limit)).toEqual([first, rest])
  })

  it('never goes over the limit and never loses a word', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.integer({ min: 4, max: 40 }),
        (text, limit) => {
          const [first, rest] = splitText(text, limit)

          expect(countCharacters(first)).toBeLessThanOrEqual(limit)
          expect(/\p{Surrogate}/u.test(first)).toBe(false)
          expect((first + rest).replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''))
        },
      ),
    )
  })
})

describe('quick responses', () => {
  const chat = { customer: 'Amara Okafor', attributes: [{ name: 'Order', value: 'AH-204871' }] }
  const replacement = matchingResponses('replace')[0] ?? { name: '', about: '', text: '' }

  it('fills in what is known and marks what is missing', () => {
    const { text, missing } = assemble(fillResponse(replacement, chat))

    expect(text).toContain('Hi Amara, the new part for order AH-204871')
    expect(text.slice(missing?.start, missing?.end)).toBe('{DeliveryDate}')
  })

  it('finds an attribute however it is written', () => {
    const attributes = [{ name: 'delivery_date', value: 'Saturday' }, ...chat.attributes]

    expect(assemble(fillResponse(replacement, { ...chat, attributes })).missing).toBeNull()
  })

  it('puts names that begin with the query first', () => {
    expect(
      matchingResponses('re')
        .map(({ name }) => name)
        .slice(0, 2),
    ).toEqual(['refund-time', 'replace-part'])
    expect(matchingResponses('zzz')).toEqual([])
    expect(matchingResponses('')).toEqual(starterResponses)
  })
})
