import { createHash } from 'node:crypto'
import { z } from 'zod'
import { secretKinds } from './vault-box.ts'
import type { Label } from './vault-box.ts'

const Base64 = z.base64()

const Entry = z.strictObject({
  chatId: z.string().min(1),
  kind: z.enum(secretKinds),
  generation: z.int().positive(),
  box: Base64,
})

/** How the data key is sealed. Entries are checked one by one, so that a damaged one costs only itself. */
const Head = z.strictObject({
  version: z.literal(1),
  /** The keychain that sealed the data key. */
  backend: z.string(),
  /** Tells computers and users apart; a digest. */
  owner: z.string(),
  /** The data key as sealed by the keychain, newest first. An older one stays until the newest has been opened once. */
  keys: z.array(Base64).min(1).max(2).readonly(),
  proof: z.string(),
})
export type VaultHead = z.infer<typeof Head>

const Content = z.strictObject({
  ...Head.shape,
  digest: z.string(),
  entries: z.array(z.unknown()).readonly(),
})

export interface ClosedEntry {
  readonly label: Label
  readonly box: Uint8Array
}

export interface VaultContent {
  readonly head: VaultHead
  readonly entries: readonly ClosedEntry[]
  /** Entries that are not even entries. */
  readonly unreadable: number
}

const Later = z.looseObject({ version: z.number().gt(1) })

/** 'newer' when a later Parley wrote it, 'broken' when it cannot be trusted to be what was written. */
export function parseVault(value: unknown): VaultContent | 'newer' | 'broken' {
  if (Later.safeParse(value).success) return 'newer'
  const parsed = Content.safeParse(value)
  if (!parsed.success) return 'broken'
  const { digest, entries, ...head } = parsed.data
  if (digest !== digestOf(head)) return 'broken'
  const closed = entries.flatMap((entry) => {
    const { success, data } = Entry.safeParse(entry)
    if (!success) return []
    const { box, ...label } = data
    return { label, box: Buffer.from(box, 'base64') }
  })
  return { head, entries: closed, unreadable: entries.length - closed.length }
}

export function formatVault(
  head: VaultHead,
  entries: Iterable<ClosedEntry>,
): Readonly<Record<string, unknown>> {
  const written = [...entries].map(({ label, box }) => ({
    ...label,
    box: Buffer.from(box).toString('base64'),
  }))
  return { ...head, digest: digestOf(head), entries: written }
}

/** Tells a damaged head from one that another keychain has sealed. */
function digestOf({ version, backend, owner, keys, proof }: VaultHead): string {
  return createHash('sha256')
    .update(JSON.stringify([version, backend, owner, keys, proof]))
    .digest('hex')
}
