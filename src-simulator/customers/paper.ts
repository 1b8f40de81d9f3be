import type { FileSpec } from '../contact-handle.ts'
import type { Random } from '../random.ts'
import { paintPhoto } from './photo.ts'
import type { ScriptedFile } from './script.ts'

/** Makes the file a customer sends. The same seed makes the same bytes. */
export function produce(file: ScriptedFile, random: Random): FileSpec {
  const lines = file.lines ?? [file.name]
  switch (file.send) {
    case 'photo':
      return { name: file.name, contentType: 'image/png', bytes: paintPhoto(random) }
    case 'document':
      return { name: file.name, contentType: 'application/pdf', bytes: printDocument(lines) }
    case 'notes':
      return { name: file.name, contentType: 'text/plain', bytes: Buffer.from(lines.join('\r\n') + '\r\n') }
  }
}

/** One page of text, A4, in a font every reader has. */
function printDocument(lines: readonly string[]): Buffer {
  const text = lines.map((line) => `(${escape(line)}) Tj T*`).join('\n')
  const page = `BT /F1 12 Tf 16 TL 72 770 Td\n${text}\nET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${Buffer.byteLength(page, 'latin1')} >>\nstream\n${page}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ]
  let body = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = body.length
    body += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  const tail = `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`
  return Buffer.from(body + tail, 'latin1')
}

const escape = (line: string): string => line.replace(/[\\()]/g, (character) => `\\${character}`)
