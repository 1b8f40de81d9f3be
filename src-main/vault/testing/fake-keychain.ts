import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import type { Keychain, KeychainState, Unsealed } from '../keychain.ts'

/** A keychain that really encrypts, with a key per name, and can be told to misbehave. */
export class FakeKeychain implements Keychain {
  current: KeychainState
  keyName: string
  /** How often unsealing fails before it works again. */
  failures = 0
  /** Below this key number everything is stale. */
  rotation = 0
  /** What sealing gives when it does not work. */
  isSealing = true

  constructor({ backend = 'gnome_libsecret', keyName = 'login keyring' } = {}) {
    this.current = { state: 'usable', backend }
    this.keyName = keyName
  }

  state(): Promise<KeychainState> {
    return Promise.resolve(this.current)
  }

  seal(text: string): Promise<Uint8Array | null> {
    if (!this.isSealing || this.current.state !== 'usable') return Promise.resolve(null)
    const cipher = createCipheriv('aes-256-gcm', this.#key(), Buffer.alloc(12, this.rotation))
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    return Promise.resolve(Buffer.concat([Buffer.from([this.rotation]), sealed]))
  }

  unseal(sealed: Uint8Array): Promise<Unsealed> {
    if (this.failures > 0) {
      this.failures -= 1
      return Promise.resolve({ outcome: 'unavailable' })
    }
    const rotation = sealed[0] ?? 0
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#key(), Buffer.alloc(12, rotation))
      decipher.setAuthTag(sealed.subarray(-16))
      const text = Buffer.concat([decipher.update(sealed.subarray(1, -16)), decipher.final()]).toString(
        'utf8',
      )
      return Promise.resolve({ outcome: 'opened', text, isStale: rotation < this.rotation })
    } catch {
      return Promise.resolve({ outcome: 'refused' })
    }
  }

  #key(): Buffer {
    return createHash('sha256').update(this.keyName).digest()
  }
}
