import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addressesIn } from './addresses.ts'

const found = (text: string) => addressesIn(text).flatMap((part) => (part.isAddress ? [part.text] : []))

it.each([
  ['See https://alder.example/l/88214. Now', ['https://alder.example/l/88214']],
  ['**https://a.example**', ['https://a.example']],
  ['_https://a.example/x_', ['https://a.example/x']],
  ['(see https://a.example/x)', ['https://a.example/x']],
  ['https://a.example/wiki/Oak_(tree).', ['https://a.example/wiki/Oak_(tree)']],
  ['http://a.example and https://b.example', ['http://a.example', 'https://b.example']],
  ['HTTPS://A.EXAMPLE', ['HTTPS://A.EXAMPLE']],
  ['https://', []],
  ['xhttps://a.example', []],
  ['no address', []],
])('%s', (text, addresses) => {
  expect(found(text)).toEqual(addresses)
})

it('loses no character of any text', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('https://a.example', 'http://', ')', '*'),
  )
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('')

      expect(
        addressesIn(text)
          .map((part) => part.text)
          .join(''),
      ).toBe(text)
    }),
  )
})
