import fc from 'fast-check'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { numbered, safeName } from './safe-name.ts'

describe('a safe file name', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\windows\\evil.txt', 'C__windows_evil.txt'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['con.txt', '_con.txt'],
    ['AUX', '_AUX'],
    ['COM¹ .log', '_COM¹.log'],
    ['half\ud800.txt', 'half.txt'],
    [`aux.${'x'.repeat(150)}.pdf`, `_aux.${'x'.repeat(111)}.pdf`],
    ['trailing. . .', 'trailing'],
    ['   ', 'file'],
    ['...', 'file'],
    ['a\u0000b.txt', 'ab.txt'],
    ['.hidden', 'hidden'],
  ])('makes %j into %j', (given, expected) => {
    expect(safeName(given)).toBe(expected)
  })

  it('never leaves its folder and never exceeds 120 bytes, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
        const name = safeName(given)
        expect(path.basename(name)).toBe(name)
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(120)
        expect(name).toMatch(/[^\s.]/)
        expect(name).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u0000-\u001f/\\]|[.\s]$/)
      }),
    )
  })

  it('numbers a name that is taken', () => {
    const taken = new Set(['order.pdf', 'order (2).pdf'])

    expect(numbered('order.pdf', (name) => taken.has(name))).toBe('order (3).pdf')
  })
})
