import fc from 'fast-check'
import { expect, it } from 'vitest'
import { noon } from '../testing/builders.ts'
import { markSameNames, type NameBearer } from './same-names.ts'

const minute = 60_000

type Part = Partial<Pick<NameBearer, 'since'>> & { readonly order?: string | null }

function bearer(id: string, name: string, { order = null, since = noon }: Part = {}): NameBearer {
  return { id, name, attributes: order === null ? [] : [{ name: 'Order', value: order }], since }
}

function texts(...all: NameBearer[]): Record<string, string> {
  return Object.fromEntries([...markSameNames(all)].map(([id, { text }]) => [id, text]))
}

it('[G6] marks nobody whose name is their own', () => {
  expect(
    texts(bearer('a', 'Ana Torres', { order: 'AH-1' }), bearer('b', 'Ben Okafor', { order: 'AH-2' })),
  ).toEqual({})
})

it('[G6] tells customers of one name apart by their order, else by their time', () => {
  expect(
    texts(bearer('a', 'Ana Torres', { order: 'AH-1' }), bearer('b', 'ana  Torrés', { order: 'AH-2' })),
  ).toEqual({
    a: 'order AH-1',
    b: 'order AH-2',
  })
  expect(
    texts(
      bearer('a', 'Ana', { order: 'AH-1' }),
      bearer('b', 'Ana', { order: 'AH-1', since: noon + minute }),
      bearer('c', 'Ana', { order: 'AH-3' }),
    ),
  ).toEqual({ a: 'since 14:00', b: 'since 14:01', c: 'order AH-3' })
  expect(texts(bearer('a', 'Ana'), bearer('b', 'Ana', { since: noon + minute }))).toEqual({
    a: 'since 14:00',
    b: 'since 14:01',
  })
  expect(texts(bearer('a', 'Ana'), bearer('b', 'Ana'))).toEqual({ a: 'no. 1', b: 'no. 2' })
})

it('[G6] never gives two customers of one name the same mark, whatever they bring', () => {
  const one = fc.record({
    name: fc.constantFrom('Ana', 'ANA', 'Ána', 'Ben'),
    order: fc.option(fc.constantFrom('AH-1', 'AH-2', '14:00', ' ', 'no. 1')),
    since: fc.integer({ min: 0, max: 3 * minute }),
  })
  const property = fc.property(fc.array(one, { minLength: 2, maxLength: 12 }), (all) => {
    const bearers = all.map(({ name, order, since }, index) =>
      bearer(`${index}`, name, { order, since: noon + since }),
    )
    const marks = markSameNames(bearers)
    for (const group of [
      bearers.filter(({ name }) => name !== 'Ben'),
      bearers.filter(({ name }) => name === 'Ben'),
    ]) {
      if (group.length < 2) continue
      const shown = group.map(({ id }) => marks.get(id)?.text)
      expect(new Set(shown).size).toBe(group.length)
      expect(shown).not.toContain(undefined)
    }
  })
  fc.assert(property)
})
