import { describe, expect, it } from 'vitest'
import { decodeText } from './text-file.ts'

const text = '{"label":"Zürich"}'
const bigEndian = (content: string): Buffer => Buffer.from(content, 'utf16le').swap16()

describe('a text file', () => {
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 as PowerShell writes it', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
    ['big-endian UTF-16 with a mark', bigEndian(`\ufeff${text}`)],
    ['big-endian UTF-16 without a mark', bigEndian(text)],
  ])('[A3] is read from %s', (_encoding, bytes) => {
    expect(decodeText(bytes)).toEqual({ text })
  })

  it.each([
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0])],
    ['an older encoding such as Windows-1252', Buffer.from('{"label":"Z\xfcrich"}', 'latin1')],
    ['UTF-16 that is damaged', Buffer.from([0xff, 0xfe, 0x7b])],
  ])('[A3] that cannot be read names %s', (encoding, bytes) => {
    expect(decodeText(bytes)).toEqual({ text: null, encoding })
  })

  it('[A3] may be empty', () => {
    expect(decodeText(Buffer.alloc(0))).toEqual({ text: '' })
  })
})
