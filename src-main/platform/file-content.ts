import { fileTypeFromBuffer, fileTypeFromFile } from 'file-type'

/** What the content says it is, null when it says nothing. Never throws over content: hostile files are usual. */
export async function typeOfBytes(bytes: Uint8Array): Promise<string | null> {
  const type = await fileTypeFromBuffer(bytes).catch(() => undefined)
  return type?.mime ?? null
}

/** The same of a file. Rejects only when the file cannot be read. */
export async function typeOfFile(file: string): Promise<string | null> {
  const type = await fileTypeFromFile(file).catch((error: unknown) => {
    if (isFromDisk(error)) throw error
  })
  return type?.mime ?? null
}

function isFromDisk(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
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
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
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
