import { fileTypeFromBuffer } from 'file-type'

/** All that the sniffer is shown of any file: what a few pages can hide costs it a few milliseconds at most. */
export const sniffedBytes = 4096

/**
 * What the beginning of a file says it is, null when it says nothing. Never throws over content: hostile files are
 * usual. Nothing is ever unpacked to find out: of what is packed, a few pages inflate to megabytes.
 */
export async function typeOfBytes(bytes: Uint8Array): Promise<string | null> {
  const head = viewOf(bytes.subarray(0, sniffedBytes))
  if (beginsWith(head, '1f8b')) return 'application/gzip'
  // Tags that follow on one another are gone through one by one to find what they are about.
  if (beginsWith(head, '494433')) return 'audio/mpeg'
  if (beginsWith(head, '504b0304')) return typeOfArchive(head)
  const type = await fileTypeFromBuffer(head).catch(() => undefined)
  return type?.mime ?? null
}

const page =
  /^\s*(<\?xml[^>]*>\s*)?(<!--[^>]*-->\s*)?<(!doctype html|html|head|body|meta|table|style|script)\b/i

/** Which kind of text it is, where that shows: a page, or UTF-16 that forgot its mark. */
export function typeOfText(head: Uint8Array): string | null {
  const bytes = viewOf(head.subarray(0, 512))
  if (page.test(bytes.toString('utf8').replace(/^\ufeff/, ''))) return 'text/html'
  const zeros = [0, 0]
  bytes.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  })
  const [most, least] = [Math.max(...zeros), Math.min(...zeros)]
  return least === 0 && most > 2 && most > bytes.length / 4 ? 'text/plain;charset=utf-16' : null
}

function beginsWith(head: Buffer, mark: string): boolean {
  return head.toString('hex', 0, mark.length / 2) === mark
}

const office = 'application/vnd.openxmlformats-officedocument'
/** By names of what is in them, which are not packed. Office documents before programs: they are not signed as those are. */
const archives: readonly (readonly [inside: string, contentType: string])[] = [
  ['word/', `${office}.wordprocessingml.document`],
  ['xl/', `${office}.spreadsheetml.sheet`],
  ['ppt/', `${office}.presentationml.presentation`],
  ['AndroidManifest.xml', 'application/vnd.android.package-archive'],
  ['META-INF/MANIFEST.MF', 'application/java-archive'],
]

function typeOfArchive(head: Buffer): string {
  return archives.find(([inside]) => head.includes(inside))?.[1] ?? 'application/zip'
}

/** Readers take a PDF whose header stands anywhere within this much. */
const pdfHeaderWithin = 1024

export function hasPdfHeader(head: Uint8Array): boolean {
  return viewOf(head).subarray(0, pdfHeaderWithin).includes('%PDF-')
}

function viewOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

const printable = /^[^\u0000]*$/
/** What no text of a single-byte encoding has: all controls but tabs, line ends, form feeds and the DOS end mark. */
const controls = /[\u0000-\u0008\u000b\u000e-\u0019\u001b-\u001f]/

/** Whether the beginning of a file is text: UTF-8, UTF-16 with its mark, or one byte a letter as older Excel writes. */
export function isText(head: Uint8Array, isWhole: boolean): boolean {
  const utf16 = markOf(head)
  if (utf16 !== null) return decodes(head, utf16, isWhole)
  if (decodes(head, 'utf-8', isWhole)) return true
  return !controls.test(Buffer.from(head).toString('latin1'))
}

function markOf([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : null
}

function decodes(head: Uint8Array, encoding: string, isWhole: boolean): boolean {
  try {
    return printable.test(new TextDecoder(encoding, { fatal: true }).decode(head, { stream: !isWhole }))
  } catch {
    return false
  }
}

/** Programs of Windows, Linux and macOS, by more than their first two letters. */
export function isProgram(head: Uint8Array): boolean {
  const bytes = viewOf(head)
  if (bytes.length < 4) return false
  if (machOMarks.has(bytes.readUInt32BE(0)) || bytes.readUInt32BE(0) === elfMark) return true
  if (bytes.toString('latin1', 0, 2) !== 'MZ' || bytes.length < 0x40) return false
  const header = bytes.readUInt32LE(0x3c)
  return bytes.toString('latin1', header, header + 4) === 'PE\0\0'
}

const elfMark = 0x7f454c46
const machOMarks: ReadonlySet<number> = new Set([
  0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe, 0xbebafeca,
])
