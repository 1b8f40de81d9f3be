import type { Keychain, KeychainState, Unsealed } from '../vault/keychain.ts'
import type { SecretService } from './secret-service.ts'

/** The part of Electron's safeStorage that is used. Older runtimes have only the calls that block. */
export interface SafeStorage {
  isEncryptionAvailable?(): boolean
  encryptString?(text: string): Buffer
  decryptString?(sealed: Buffer): string
  isAsyncEncryptionAvailable?(): Promise<boolean>
  encryptStringAsync?(text: string): Promise<Buffer>
  decryptStringAsync?(sealed: Buffer): Promise<{ readonly shouldReEncrypt: boolean; readonly result: string }>
  /** Linux only. */
  getSelectedStorageBackend?(): string
}

/** On Linux: sealed with a key that is printed in Chromium's source. */
const fixedKeyMark = 'v10'
const noKeychain = new Set(['basic_text', 'unknown'])
const fixedBackends: Readonly<Record<string, string>> = { darwin: 'keychain', win32: 'dpapi' }

/**
 * The keychain behind safeStorage. Its word is not enough: the asynchronous calls say "available" on Linux with no
 * keychain at all, so a keychain is believed only when the desktop has chosen a real one and it seals with a real key.
 * On Linux `service` is asked first: calls that block have been seen to wait 75 seconds for one that hangs.
 */
export function electronKeychain(
  safeStorage: SafeStorage,
  platform: NodeJS.Platform,
  service: SecretService,
): Keychain {
  const isReal = (sealed: Buffer): boolean =>
    platform !== 'linux' || sealed.subarray(0, fixedKeyMark.length).toString('latin1') !== fixedKeyMark

  async function seal(text: string): Promise<Uint8Array | null> {
    try {
      const sealed = await encrypt(safeStorage, text)
      return isReal(sealed) ? sealed : null
    } catch {
      // safeStorage throws one kind of error for everything, and all of them mean "not now".
      return null
    }
  }

  return {
    async state(): Promise<KeychainState> {
      const found = await service.state(backendOf(safeStorage, platform))
      if (found === 'silent') return { state: 'silent', backend: backendOf(safeStorage, platform) }
      // Asked before the backend: newer runtimes choose it when the first question is answered.
      const isAvailable = await answersToday(safeStorage)
      const backend = backendOf(safeStorage, platform)
      if (noKeychain.has(backend)) return { state: 'none' }
      if (isAvailable && (await seal('parley')) !== null) return { state: 'usable', backend }
      return { state: found === 'open' ? 'silent' : 'locked', backend }
    },
    seal,
    async unseal(bytes): Promise<Unsealed> {
      const sealed = Buffer.from(bytes)
      // Anyone could have made that one, and put it in the place of ours.
      if (!isReal(sealed)) return { outcome: 'refused' }
      try {
        return { outcome: 'opened', ...(await decrypt(safeStorage, sealed)) }
      } catch (error) {
        const isTemporary = error instanceof Error && /temporarily unavailable/i.test(error.message)
        return { outcome: isTemporary ? 'unavailable' : 'refused' }
      }
    },
  }
}

function backendOf(safeStorage: SafeStorage, platform: NodeJS.Platform): string {
  return fixedBackends[platform] ?? safeStorage.getSelectedStorageBackend?.() ?? 'unknown'
}

async function answersToday(safeStorage: SafeStorage): Promise<boolean> {
  if (safeStorage.isAsyncEncryptionAvailable !== undefined) return safeStorage.isAsyncEncryptionAvailable()
  return safeStorage.isEncryptionAvailable?.() ?? false
}

async function encrypt(safeStorage: SafeStorage, text: string): Promise<Buffer> {
  if (safeStorage.encryptStringAsync !== undefined) return safeStorage.encryptStringAsync(text)
  if (safeStorage.encryptString !== undefined) return safeStorage.encryptString(text)
  throw new Error('This runtime has no safeStorage')
}

async function decrypt(
  safeStorage: SafeStorage,
  sealed: Buffer,
): Promise<{ text: string; isStale: boolean }> {
  if (safeStorage.decryptStringAsync !== undefined) {
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(sealed)
    return { text: result, isStale: shouldReEncrypt }
  }
  if (safeStorage.decryptString !== undefined)
    return { text: safeStorage.decryptString(sealed), isStale: false }
  throw new Error('This runtime has no safeStorage')
}
