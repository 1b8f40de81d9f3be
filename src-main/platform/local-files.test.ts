import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { defaultUploadLimits, doubtOf, refusalOf } from '../chat/upload-rules.ts'
import { createLocalFiles } from './local-files.ts'

let folder: string
const files = createLocalFiles(() => 'picture', '/nowhere')

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'parley-kinds-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

async function refusalOfContent(name: string, content: Uint8Array | string): Promise<string | null> {
  const file = path.join(folder, name)
  await writeFile(file, content)
  return refusalOf(await files.inspect(file), 0, defaultUploadLimits)?.message ?? null
}

async function doubtOfContent(name: string, content: Uint8Array | string): Promise<string | null> {
  const file = path.join(folder, name)
  await writeFile(file, content)
  const found = await files.inspect(file)
  expect(refusalOf(found, 0, defaultUploadLimits)).toBeNull()
  return doubtOf(found, defaultUploadLimits)
}

const utf16 = (text: string, mark: readonly number[]) => {
  const body = Buffer.from(text, 'utf16le')
  return Buffer.concat([Buffer.from(mark), mark[0] === 0xfe ? body.swap16() : body])
}

/** A real one's beginning: the DOS header points at the PE header. */
function aWindowsProgram(): Buffer {
  const bytes = Buffer.alloc(0x200)
  bytes.write('MZ', 0)
  bytes.writeUInt32LE(0x80, 0x3c)
  bytes.write('PE\0\0', 0x80)
  return bytes
}

it.each<[string, string, Uint8Array | string]>([
  ['cars', 'cars.csv', 'BMW;X5\nAudi;Q7\n'],
  ['body measures', 'bmi.txt', 'BMI 24.1'],
  ['a note that begins with MZ', 'note.txt', 'MZ 12 is the seat'],
  ['an id list', 'ids.csv', 'ID3,ID4\n1,2\n'],
  ['markup', 'feed.txt', '<?xml version="1.0"?><a/>'],
  ['a chapter', 'chapter.txt', 'II* The second chapter'],
  ['an empty-looking table', 'b.csv', '\n'],
  ['what Notepad calls Unicode', 'unicode.txt', utf16('Grüße, 你好', [0xff, 0xfe])],
  ['the same the other way round', 'big-endian.csv', utf16('a;b', [0xfe, 0xff])],
  ['UTF-8 with a mark', 'marked.csv', '\ufeffa;b\n'],
  ['what Excel on Windows writes', 'umlaut.csv', Buffer.from('Stra\xdfe;M\xfcnchen\r\n', 'latin1')],
  ['a long text cut within a letter', 'long.txt', `x${'é'.repeat(60_000)}`],
])('%s is text and may be sent', async (...[, name, content]) => {
  expect(await doubtOfContent(name, content)).toBeNull()
})

it.each<[string, string, Uint8Array | string]>([
  ['a line feed', 'a.pdf', '\n%PDF-1.7\n'],
  ['200 bytes', 'b.PDF', `${'x'.repeat(200)}%PDF-1.4\n`],
  ['a byte-order mark', 'c.pdf', '\ufeff%PDF-1.4\n'],
  ['what a mail program puts there', 'd.pdf', `Content-Type: application/pdf\r\n\r\n%PDF-1.4\n`],
  ['1,019 bytes', 'e.pdf', Buffer.concat([Buffer.alloc(1019, 0x80), Buffer.from('%PDF-')])],
])('[B2] a PDF may begin after %s', async (...[, name, content]) => {
  expect(await doubtOfContent(name, content)).toBeNull()
})

it('[B2] a PDF does not begin further in, nor in a file of another name', async () => {
  const late = Buffer.concat([Buffer.alloc(1024), Buffer.from('%PDF-1.4')])
  expect(await doubtOfContent('late.pdf', late)).toContain('not look like .pdf')
  expect(await doubtOfContent('plan.png', '\n%PDF-1.4')).toContain('named .png')
})

it.each<[string, string, Uint8Array | string]>([
  ['binary junk', 'junk.csv', Buffer.from([0x8f, 0x00, 0x02, 0x91, 0x1b, 0x07, 0xff, 0x10])],
  ['junk without a NUL', 'junk.txt', Buffer.from([0x8f, 0x03, 0x02, 0x91, 0x1b, 0x07, 0xff, 0x10])],
  ['a picture', 'photo.txt', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ['broken UTF-16', 'broken.txt', Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00])],
  ['half a TIFF that calls itself a photo', 'photo.png', 'II*'],
  ['HTML', 'prices.xls', '<html xmlns:o="urn:x"><table></table></html>'],
  ['RTF', 'letter.doc', '{\\rtf1 Hello}'],
  ['3GP', 'clip.mp4', Buffer.from('\0\0\0\x14ftyp3gp4\0\0\0\x003gp4', 'latin1')],
  ['UTF-16 without its mark', 'table.csv', Buffer.from('a;b;c\r\n1;2;3', 'utf16le')],
])('[B3] %s that is not what its name says is asked about', async (...[, name, content]) => {
  expect(await doubtOfContent(name, content)).toMatch(/ Send it all the same\?$/)
})

it.each<[string, string, Uint8Array]>([
  ['Windows', 'invoice.pdf', aWindowsProgram()],
  ['Windows', 'notes.txt', aWindowsProgram()],
  ['Linux', 'table.csv', Buffer.from('\x7fELF\x02\x01\x01and so on', 'latin1')],
  ['macOS', 'photo.jpg', Buffer.from('cffaedfe07000001', 'hex')],
])('a program of %s is refused as one, also as %s', async (...[, name, content]) => {
  expect(await refusalOfContent(name, content)).toBe(`${name} is a program. Programs cannot be sent.`)
})

it('a file that is gone cannot be read', async () => {
  await expect(files.inspect(path.join(folder, 'gone.txt'))).rejects.toMatchObject({
    failure: { code: 'file-unreadable' },
  })
})
