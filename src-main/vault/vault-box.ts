import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'

export const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16

export const secretKinds = ['participant', 'connection', 'contact', 'database'] as const
export type SecretKind = (typeof secretKinds)[number]

/** Which secret it is. A box opens only under the label it was closed with, so boxes cannot be exchanged. */
export interface Label {
  readonly chatId: string
  readonly kind: SecretKind
  /** Grows with every secret kept under the same chat and kind. */
  readonly generation: number
}

/** AES-256-GCM: nonce, ciphertext, tag. `random` gives as many unpredictable bytes as asked for. */
export function closeBox(
  key: Uint8Array,
  label: Label,
  { secret, random }: { secret: string; random: (bytes: number) => Uint8Array },
): Uint8Array {
  const nonce = random(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(authenticated(label))
  return Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

/** Null when the box, its label or the key is not what it was closed with. */
export function openBox(key: Uint8Array, label: Label, box: Uint8Array): string | null {
  if (box.length < nonceBytes + tagBytes) return null
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(authenticated(label)).setAuthTag(box.subarray(box.length - tagBytes))
  try {
    const start = decipher.update(box.subarray(nonceBytes, box.length - tagBytes))
    return Buffer.concat([start, decipher.final()]).toString('utf8')
  } catch {
    // The tag does not fit: that is the answer, not a failure.
    return null
  }
}

/** Shows that a key is the right one without giving it away. */
export function proofOf(key: Uint8Array): string {
  return createHmac('sha256', key).update('parley vault 1').digest('hex')
}

function authenticated({ chatId, kind, generation }: Label): Buffer {
  return Buffer.from(JSON.stringify(['parley vault', 1, chatId, kind, generation]))
}
