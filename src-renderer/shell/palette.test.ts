import { describe, expect, it } from 'vitest'
import { aChat } from '../testing/builders.ts'
import { type PaletteItem, searchPalette } from './palette.ts'

function chatItem(
  customer: string,
  attributes: readonly { name: string; value: string }[] = [],
): PaletteItem {
  const chat = { ...aChat(), customer, attributes: [...attributes] }
  return { kind: 'chat', id: customer, title: customer, chat }
}

const items: readonly PaletteItem[] = [
  chatItem('Sofía Álvarez', [{ name: 'Order', value: 'ORD-94711' }]),
  chatItem('Anna Wójcik', [{ name: 'City', value: 'Łódź' }]),
  { kind: 'command', id: 'end', title: 'End chat', icon: 'stop', keys: null, run: () => undefined },
]

function found(query: string): readonly string[] {
  return searchPalette(items, query).flatMap((section) => section.items.map(({ title }) => title))
}

describe('the palette', () => {
  it.each([
    ['sofia', ['Sofía Álvarez']],
    ['wojcik', ['Anna Wójcik']],
    ['94711', ['Sofía Álvarez']],
    ['ord-947', ['Sofía Álvarez']],
    ['lodz', ['Anna Wójcik']],
    ['end', ['End chat']],
    ['4712', []],
  ])('[H5] finds for "%s" %j', (query, titles) => {
    expect(found(query)).toEqual(titles)
  })
})
