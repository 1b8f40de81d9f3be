import { describe, expect, it } from 'vitest'
import { itemsAt, itemsOf, type MenuItem, type PointedAt } from './menu-items.ts'

const all = {
  canUndo: true,
  canRedo: true,
  canCut: true,
  canCopy: true,
  canPaste: true,
  canSelectAll: true,
}
const place: PointedAt = {
  isEditable: false,
  selectionText: '',
  linkURL: '',
  mediaType: 'none',
  misspelledWord: '',
  dictionarySuggestions: [],
  editFlags: all,
}

function named(items: readonly MenuItem[]): readonly string[] {
  return items.map((item) => {
    if (item.kind === 'suggestion') return item.word
    return 'label' in item ? item.label : item.kind
  })
}

describe('[E6] the context menu', () => {
  it('of the composer offers spellings, editing and the language of the check', () => {
    const wrong = { misspelledWord: 'tabel', dictionarySuggestions: ['table', 'tablet'] }

    expect(named(itemsAt({ ...place, isEditable: true, ...wrong }))).toEqual([
      'table',
      'tablet',
      'learn',
      'line',
      'Undo',
      'Redo',
      'line',
      'Cut',
      'Copy',
      'Paste',
      'Select all',
      'line',
      'languages',
    ])
  })

  it.each<[string, Partial<PointedAt>, readonly string[]]>([
    ['a selection', { selectionText: 'AH-1' }, ['Copy']],
    ['a link', { linkURL: 'https://a.example' }, ['copy-address']],
    ['a picture', { mediaType: 'image' }, ['copy-picture']],
    ['nothing', {}, []],
  ])('of %s', (_, change, expected) => {
    expect(named(itemsAt({ ...place, ...change }))).toEqual(expected)
  })

  it('of a message copies it with and without name and time, and quotes it', () => {
    const at = { x: 1, y: 1, hasSelection: false, isLink: false, isPicture: false, canQuote: true }

    expect(named(itemsOf(at))).toEqual(['Copy message', 'Copy with name and time', 'Quote'])
    expect(named(itemsOf({ ...at, hasSelection: true, isLink: true, isPicture: true }))).toEqual([
      'Copy',
      'Copy link',
      'copy-picture',
      'line',
      'Copy message',
      'Copy with name and time',
      'Quote',
    ])
    expect(named(itemsOf({ ...at, canQuote: false }))).not.toContain('Quote')
  })
})
