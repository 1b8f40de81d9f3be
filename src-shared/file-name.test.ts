import { expect, it } from 'vitest'
import { shownName } from './file-name.ts'

it.each([
  ['an ending turned round', 'invoice\u202egpj.exe', 'invoicegpj.exe'],
  ['isolated letters', 'a\u2066b\u2069.pdf', 'ab.pdf'],
  ['letters without width', 'pay\u200bpal.pdf', 'paypal.pdf'],
  ['an ending far to the right', `invoice.pdf${' '.repeat(200)}.exe`, 'invoice.pdf .exe'],
  ['line ends', 'a\r\nb\u2028c.txt', 'abc.txt'],
  ['half a character', 'a\ud83d.txt', 'a.txt'],
  ['nothing to see', '\u200f \u202e', 'File without a name'],
])('%s is shown as it is', (...[, name, shown]) => {
  expect(shownName(name)).toBe(shown)
})

it.each(['order.pdf', 'Übersicht 2026.pdf', '請求書.pdf', 'חשבונית.pdf', '📷 photo.jpg'])(
  '%s stays as it is',
  (name) => {
    expect(shownName(name)).toBe(name)
  },
)
