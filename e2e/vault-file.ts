import { createHash } from 'node:crypto'

// The vault file as it lies on disk, written down here once more so that a change of its format is noticed.
interface Vault {
  readonly version: number
  readonly backend: string
  readonly owner: string
  readonly keys: readonly string[]
  readonly proof: string
  readonly entries: readonly { readonly kind: string; readonly box: string }[]
}

/** As a computer of another name, or another user, would have left it. */
export function asWrittenElsewhere(text: string): string {
  const content = { ...read(text), owner: createHash('sha256').update('elsewhere').digest('hex') }
  const { version, backend, owner, keys, proof } = content
  const head = JSON.stringify([version, backend, owner, keys, proof])
  return JSON.stringify({ ...content, digest: createHash('sha256').update(head).digest('hex') })
}

/** A bit of the sealed key is wrong. */
export function withDamagedSeal(text: string): string {
  const content = read(text)
  return JSON.stringify({ ...content, keys: content.keys.map(flipped) })
}

/** A bit of every token is wrong, the key of the database is whole. */
export function withDamagedTokens(text: string): string {
  const content = read(text)
  const entries = content.entries.map((entry) =>
    entry.kind === 'database' ? entry : { ...entry, box: flipped(entry.box) },
  )
  return JSON.stringify({ ...content, entries })
}

function read(text: string): Vault {
  return JSON.parse(text) as Vault
}

function flipped(base64: string): string {
  const bytes = Buffer.from(base64, 'base64')
  bytes[20] = (bytes[20] ?? 0) ^ 1
  return bytes.toString('base64')
}
