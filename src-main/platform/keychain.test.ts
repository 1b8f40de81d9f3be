import { describe, expect, it } from 'vitest'
import type { Keychain } from '../vault/keychain.ts'
import { electronKeychain } from './keychain.ts'
import type { SafeStorage } from './keychain.ts'
import type { ServiceState } from './secret-service.ts'

/** Reversible, not secret: what matters here are prefixes and answers. */
function aSafeStorage(
  change: { prefix?: string; backend?: string; isAvailable?: boolean } = {},
): SafeStorage {
  const { prefix = 'v11', backend = 'gnome_libsecret', isAvailable = true } = change
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(isAvailable),
    encryptStringAsync: (text) => Promise.resolve(Buffer.from(prefix + text)),
    decryptStringAsync: (sealed) =>
      Promise.resolve({ result: sealed.subarray(3).toString(), shouldReEncrypt: false }),
    getSelectedStorageBackend: () => backend,
  }
}

/** As runtimes have it that know only the calls that block. */
function anOldSafeStorage(prefix = 'v11'): SafeStorage {
  return {
    isEncryptionAvailable: () => true,
    encryptString: (text) => Buffer.from(prefix + text),
    decryptString: (sealed) => sealed.subarray(3).toString(),
    getSelectedStorageBackend: () => 'gnome_libsecret',
  }
}

function keychainOver(
  storage: SafeStorage,
  platform: NodeJS.Platform,
  service: ServiceState = 'unknown',
): Keychain {
  return electronKeychain(storage, platform, { state: () => Promise.resolve(service) })
}

describe('the keychain', () => {
  it.each([aSafeStorage(), anOldSafeStorage()])(
    'seals and unseals with either set of calls',
    async (storage) => {
      const keychain = keychainOver(storage, 'linux')

      const sealed = await keychain.seal('the key')

      expect(await keychain.state()).toEqual({ state: 'usable', backend: 'gnome_libsecret' })
      expect(await keychain.unseal(sealed ?? Buffer.alloc(0))).toEqual({
        outcome: 'opened',
        text: 'the key',
        isStale: false,
      })
    },
  )

  it.each(['basic_text', 'unknown'])('is none at all when Linux has chosen %s', async (backend) => {
    const keychain = keychainOver(aSafeStorage({ backend }), 'linux')

    expect(await keychain.state()).toEqual({ state: 'none' })
  })

  it('is not believed on Linux when it seals with the key everybody knows', async () => {
    const keychain = keychainOver(aSafeStorage({ prefix: 'v10' }), 'linux')

    expect((await keychain.state()).state).not.toBe('usable')
    expect(await keychain.seal('the key')).toBeNull()
  })

  it('refuses what somebody else has sealed with that key', async () => {
    const keychain = keychainOver(aSafeStorage(), 'linux')

    expect(await keychain.unseal(Buffer.from('v10forged'))).toEqual({ outcome: 'refused' })
  })

  it.each([
    ['darwin', 'keychain'],
    ['win32', 'dpapi'],
  ] as const)('takes the same mark for a real seal on %s', async (platform, backend) => {
    const keychain = keychainOver(aSafeStorage({ prefix: 'v10', backend: 'unknown' }), platform)

    expect(await keychain.state()).toEqual({ state: 'usable', backend })
    expect(await keychain.unseal(Buffer.from('v10text'))).toMatchObject({ outcome: 'opened', text: 'text' })
  })

  it.each([
    ['locked', 'locked'],
    ['open', 'silent'],
    ['unknown', 'locked'],
  ] as const)('that does not work while its service is %s counts as %s', async (service, state) => {
    const keychain = keychainOver(aSafeStorage({ isAvailable: false }), 'linux', service)

    expect(await keychain.state()).toEqual({ state, backend: 'gnome_libsecret' })
  })

  it('is usable when its service says locked and somebody gives it the password', async () => {
    const keychain = keychainOver(aSafeStorage(), 'linux', 'locked')

    expect(await keychain.state()).toEqual({ state: 'usable', backend: 'gnome_libsecret' })
  })

  it('is not touched while its service is silent: a call that blocks would stop everything', async () => {
    const untouchable = (): never => {
      throw new Error('This call would not come back')
    }
    const storage = { ...anOldSafeStorage(), isEncryptionAvailable: untouchable, encryptString: untouchable }
    const keychain = keychainOver(storage, 'linux', 'silent')

    expect(await keychain.state()).toEqual({ state: 'silent', backend: 'gnome_libsecret' })
  })

  it('is asked again later when it is busy, and never when it says no', async () => {
    const storage = aSafeStorage()
    const busy = {
      ...storage,
      decryptStringAsync: () => Promise.reject(new Error('It is temporarily unavailable.')),
    }
    const no = { ...storage, decryptStringAsync: () => Promise.reject(new Error('Error while decrypting')) }

    expect(await keychainOver(busy, 'linux').unseal(Buffer.from('v11x'))).toEqual({
      outcome: 'unavailable',
    })
    expect(await keychainOver(no, 'linux').unseal(Buffer.from('v11x'))).toEqual({ outcome: 'refused' })
  })

  it('passes on that a key is out of date', async () => {
    const stale = {
      ...aSafeStorage(),
      decryptStringAsync: () => Promise.resolve({ result: 'the key', shouldReEncrypt: true }),
    }

    expect(await keychainOver(stale, 'linux').unseal(Buffer.from('v11x'))).toMatchObject({
      isStale: true,
    })
  })
})
