import { describe, expect, it } from 'vitest'
import type { LocalFile } from './local-files.ts'
import { contentTypeOf, defaultUploadLimits, doubtOf, refusalOf } from './upload-rules.ts'

const megabyte = 1024 * 1024
const aFile = (change: Partial<LocalFile> = {}): LocalFile => ({
  name: 'photo.png',
  bytes: 1000,
  modifiedAt: 1,
  contentType: 'image/png',
  nature: 'other',
  ...change,
})
const refusal = (file: LocalFile, filesUsed = 0) => refusalOf(file, filesUsed, defaultUploadLimits)

describe('a file', () => {
  it.each([
    ['scan.PDF', 'application/pdf'],
    ['photo.jfif', 'image/jpeg'],
    ['photo.jpeg', 'image/jpeg'],
    ['old.doc', 'application/x-cfb'],
    ['new.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['new.xlsx', 'application/zip'],
    ['with-password.docx', 'application/x-cfb'],
    ['clip.mov', 'video/quicktime'],
    ['voice.wav', 'audio/wav'],
  ])('called %s that is %s is taken', (name, contentType) => {
    expect(refusal(aFile({ name, contentType }))).toBeNull()
  })

  it.each([
    ['notes.txt', null],
    ['makes.csv', 'image/bmp'],
    ['feed.txt', 'application/xml'],
  ])('called %s that is text is taken, whatever its first letters look like', (name, contentType) => {
    expect(refusal(aFile({ name, contentType, nature: 'text' }))).toBeNull()
  })

  it.each<[string, Partial<LocalFile>, string]>([
    ['is empty', { bytes: 0 }, 'empty-file'],
    ['has a byte too many', { bytes: 20 * megabyte + 1 }, 'too-large'],
    ['has a name of 257 characters', { name: `${'x'.repeat(253)}.png` }, 'bad-name'],
    ['is of a type nobody takes', { name: 'setup.exe', contentType: null }, 'wrong-type'],
    ['has no ending', { name: 'README', contentType: null }, 'wrong-type'],
    ['is a program that calls itself a picture', { contentType: 'application/x-msdownload' }, 'wrong-type'],
    [
      'is a shortcut that calls itself a letter',
      { name: 'a.doc', contentType: 'application/x.ms.shortcut' },
      'wrong-type',
    ],
    ['is a program that calls itself text', { name: 'a.txt', nature: 'program' }, 'wrong-type'],
    ['is a program before all else', { nature: 'program' }, 'wrong-type'],
  ])('that %s is refused', (_, change, code) => {
    expect(refusal(aFile(change))?.code).toBe(code)
  })

  it('of exactly 20 MB is taken', () => {
    expect(refusal(aFile({ bytes: 20 * megabyte }))).toBeNull()
  })

  it('is one too many after 35', () => {
    expect(refusal(aFile(), 34)).toBeNull()
    expect(refusal(aFile(), 35)?.code).toBe('too-many-files')
  })

  it.each([
    [25 * megabyte, 20 * megabyte, 'Too large: 25.0 MB, limit 20 MB.'],
    [20 * megabyte + 1, 20 * megabyte, 'Too large: 20.1 MB, limit 20 MB.'],
    [2 * megabyte, 1.5 * megabyte, 'Too large: 2.0 MB, limit 1.5 MB.'],
    [501, 500, 'Too large: 501 bytes, limit 500 bytes.'],
    [600_000, 500 * 1024, 'Too large: 586.0 KB, limit 500 KB.'],
  ])('of %i bytes where %i are allowed is refused with both figures', (...[bytes, maxBytes, sentence]) => {
    expect(refusalOf(aFile({ bytes }), 0, { maxBytes, maxFiles: 35 })?.message).toBe(sentence)
  })
})

describe('[B3] a file whose content is not what its name says', () => {
  it.each<[string, string | null, LocalFile['nature'], string]>([
    ['prices.xls', 'text/html', 'text', 'This is HTML named .xls. Send it all the same?'],
    ['letter.doc', 'application/rtf', 'text', 'This is RTF named .doc. Send it all the same?'],
    ['clip.mp4', 'video/3gpp', 'other', 'This is 3GP video named .mp4. Send it all the same?'],
    ['photo.jpg', 'image/png', 'other', 'This is PNG named .jpg. Send it all the same?'],
    ['notes.txt', 'image/png', 'other', 'This is PNG named .txt. Send it all the same?'],
    ['photo.png', null, 'text', 'This is plain text named .png. Send it all the same?'],
    ['a.csv', null, 'other', 'This does not look like .csv inside. Send it all the same?'],
  ])('is asked about: %s that is %s', (...[name, contentType, nature, sentence]) => {
    const file = aFile({ name, contentType, nature })

    expect(refusal(file)).toBeNull()
    expect(doubtOf(file, defaultUploadLimits)).toBe(sentence)
    expect(doubtOf(file, { ...defaultUploadLimits, asksAboutContent: false })).toBeNull()
  })

  it('is not asked about where it is', () => {
    expect(doubtOf(aFile(), defaultUploadLimits)).toBeNull()
  })
})

it.each([
  ['a.JPG', 'image/jpeg'],
  ['a.b.csv', 'text/csv'],
  ['a', 'application/octet-stream'],
])('announces %s as %s', (name, contentType) => {
  expect(contentTypeOf(name)).toBe(contentType)
})
