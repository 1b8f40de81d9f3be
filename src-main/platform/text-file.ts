import { readFileSync } from 'node:fs'

/** The text of a file that a person or a tool may have written, or the name of an encoding it cannot be read from. */
export type DecodedText = { readonly text: string } | { readonly text: null; readonly encoding: string }

/** A file in an encoding that is not understood. `message` names it in a sentence. */
export class EncodingError extends SyntaxError {
  constructor(encoding: string) {
    super(`It is written in ${encoding}; save it as UTF-8`)
    this.name = 'EncodingError'
  }
}

/** Throws what the disk says, or `EncodingError`. */
export function readTextFile(file: string): string {
  const decoded = decodeText(readFileSync(file))
  if (decoded.text === null) throw new EncodingError(decoded.encoding)
  return decoded.text
}

/** UTF-8 and UTF-16, with a byte order mark or without: editors and shells write all of them. */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (startsWith(bytes, [0xff, 0xfe, 0, 0]) || startsWith(bytes, [0, 0, 0xfe, 0xff]))
    return { text: null, encoding: 'UTF-32' }
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return decodedAs('utf-8', bytes.subarray(3))
  if (startsWith(bytes, [0xff, 0xfe])) return decodedAs('utf-16le', bytes.subarray(2))
  if (startsWith(bytes, [0xfe, 0xff])) return decodedAs('utf-16be', bytes.subarray(2))
  // Every JSON text begins with a character of ASCII: where its zero byte stands tells the rest.
  if (bytes.length >= 2 && bytes[0] !== 0 && bytes[1] === 0) return decodedAs('utf-16le', bytes)
  if (bytes.length >= 2 && bytes[0] === 0 && bytes[1] !== 0) return decodedAs('utf-16be', bytes)
  return decodedAs('utf-8', bytes)
}

const names = { 'utf-16le': 'UTF-16 that is damaged', 'utf-16be': 'UTF-16 that is damaged' }

function decodedAs(encoding: 'utf-8' | 'utf-16le' | 'utf-16be', bytes: Uint8Array): DecodedText {
  try {
    return { text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    // Whatever is not UTF-8 and carries no mark is a code page of the place, mostly Windows-1252.
    return {
      text: null,
      encoding: encoding === 'utf-8' ? 'an older encoding such as Windows-1252' : names[encoding],
    }
  }
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte)
}
