import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aChatId } from '../testing/builders.ts'
import { editBetween, foreignSource, moveMarks, withoutMarked, type ForeignMark } from './foreign-words.ts'

const jonas = {
  chatId: aChatId('jonas'),
  customer: 'Jonas Lindqvist',
  text: 'order AH-198355,\nsecond shelf',
}
const amara = aChatId('amara')

describe('foreignSource', () => {
  it.each([
    ['the same words', 'order AH-198355,\nsecond shelf', 'Jonas Lindqvist'],
    ['other line ends', 'order AH-198355,\r\nsecond shelf ', 'Jonas Lindqvist'],
    ['a part of them', 'AH-198355', 'Jonas Lindqvist'],
    ['more around them', 'Hello! order AH-198355, second shelf.', 'Jonas Lindqvist'],
    ['other words', 'order AH-204871', null],
    ['two letters', 'or', null],
  ])('[G1] knows %s', (...[, words, customer]) => {
    expect(foreignSource([jonas], words, amara)).toEqual(customer === null ? null : jonas)
  })

  it('[G1] asks nothing about the words of the same chat, nor when it copied them last', () => {
    expect(foreignSource([jonas], jonas.text, jonas.chatId)).toBeNull()
    expect(foreignSource([{ ...jonas, chatId: amara }, jonas], jonas.text, amara)).toBeNull()
  })
})

describe('marks in a text', () => {
  const mark = (start: number, end: number): ForeignMark => ({
    start,
    end,
    from: { chatId: aChatId('jonas'), customer: 'Jonas' },
  })

  it.each<[string, number, string, number, string | null]>([
    ['words written before them', 0, 'Well: ', 0, 'FOREIGN'],
    ['words written behind them', 9, ' so', 0, 'FOREIGN'],
    ['a word written into them', 5, '-', 0, 'FOR-EIGN'],
    ['a part of them deleted', 2, '', 3, 'EIGN'],
    ['all of them deleted', 2, '', 7, null],
    ['everything typed over', 0, 'new text', 10, null],
  ])('[G1] follow %s', (...[, at, inserted, removed, marked]) => {
    const before = 'a FOREIGN '
    const after = before.slice(0, at) + inserted + before.slice(at + removed)
    const [found] = moveMarks([mark(2, 9)], editBetween(before, after, at + inserted.length))

    expect(found === undefined ? null : after.slice(found.start, found.end)).toBe(marked)
  })

  it('[G1] are told from equal letters beside them by the caret', () => {
    expect(editBetween('ab', 'abab', 3)).toEqual({ start: 1, removed: 0, inserted: 'ba' })
  })

  it('[G1] removing what is marked leaves exactly what was typed around a paste', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 8 })
    const typing = fc.array(fc.tuple(fc.nat(40), letters), { maxLength: 6 })
    fc.assert(
      fc.property(letters, letters, typing, (before, after, typed) => {
        let text = `${before}XXXXXXXX${after}`
        let marks: readonly ForeignMark[] = [mark(before.length, before.length + 8)]
        for (const [place, inserted] of typed) {
          // Typed anywhere but inside the pasted words.
          const wanted = place % (text.length + 1)
          const at = text.slice(0, wanted).includes('X') ? text.length : Math.min(wanted, text.indexOf('X'))
          const next = text.slice(0, at) + inserted + text.slice(at)
          marks = moveMarks(marks, editBetween(text, next, at + inserted.length))
          text = next
        }
        expect(withoutMarked(text, marks)).toBe(text.replace('XXXXXXXX', ''))
      }),
      { seed: 3 },
    )
  })
})
