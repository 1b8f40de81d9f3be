import { withoutHidden } from '#shared/file-name.ts'

const maxBytes = 120
const reserved = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$) *(\.|$)/i
const separators = /[/\\:*?"<>|]/g

/** A file name that means the same on every system: no folders, nothing hidden, at most 120 bytes, extension kept. */
export function safeName(name: string): string {
  const plain = withoutHidden(name)
    .replaceAll(separators, '_')
    .replace(/^[\s.]+/, '')
    .replace(/[\s.]+$/, '')
  const dot = plain.lastIndexOf('.')
  const [stem, extension] = dot > 0 ? [plain.slice(0, dot), cut(plain.slice(dot), 40).trimEnd()] : [plain, '']
  const named = stem.trimEnd() === '' ? 'file' : stem.trimEnd()
  const harmless = reserved.test(`${named}${extension}`) ? `_${named}` : named
  return `${cut(harmless, maxBytes - Buffer.byteLength(extension)).trimEnd()}${extension}`
}

/** "order.pdf" taken: "order (2).pdf". */
export function numbered(name: string, isTaken: (candidate: string) => boolean): string {
  if (!isTaken(name)) return name
  const dot = name.lastIndexOf('.')
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  for (let number = 2; ; number += 1) {
    const candidate = `${stem} (${String(number)})${extension}`
    if (!isTaken(candidate)) return candidate
  }
}

/** By bytes, at a character's edge. */
function cut(text: string, bytes: number): string {
  let kept = ''
  for (const character of text) {
    if (Buffer.byteLength(kept + character) > bytes) break
    kept += character
  }
  return kept
}
