import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

// What may lie on disk only sealed: tokens and socket addresses begin with the first, people said or sent the others.
const secrets = ['CANARY-', 'heliotrope', 'xylophone', 'quicksilver', 'marmalade', 'periwinkle']

/** The ways a text may lie in a file: as it is, wide, in hex and in base64 at each of the three places. */
function disguises(text: string): readonly Buffer[] {
  const bytes = Buffer.from(text)
  const hex = bytes.toString('hex')
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    // The first and last characters mix with their neighbours.
    return encoded.slice(shift === 0 ? 0 : 4, Math.floor(((shift + bytes.length) * 4) / 3 / 4) * 4)
  })
  const texts = [hex, hex.toUpperCase(), ...base64]
  return [bytes, Buffer.from(text, 'utf16le'), ...texts.map((one) => Buffer.from(one))]
}

/** Every secret in any file below `folder`, or in its name. */
export async function leaks(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = path.join(entry.parentPath, entry.name)
    const bytes = await readFile(file).catch(() => Buffer.alloc(0))
    const inside = secrets.filter((secret) => disguises(secret).some((form) => bytes.includes(form)))
    const outside = secrets.filter((secret) => file.slice(folder.length).includes(secret))
    for (const secret of [...inside, ...outside]) found.push(`${secret} in ${file}`)
  }
  return found
}
