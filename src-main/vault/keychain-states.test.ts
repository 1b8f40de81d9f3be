import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Secret } from './secret.ts'
import { DiskFile } from './testing/disk-file.ts'
import { FakeKeychain } from './testing/fake-keychain.ts'
import { ana, canary, tokenOf, VaultFolder } from './testing/vault-folder.ts'

let vaults: VaultFolder

beforeEach(() => {
  vaults = new VaultFolder()
})

afterEach(() => {
  vaults.remove()
})

describe('a keychain that gives trouble', () => {
  it.each([
    ['absent', { state: 'none' }, 'missing'],
    ['locked', { state: 'locked', backend: 'gnome_libsecret' }, 'locked'],
  ] as const)('is %s: the vault stays as it is and tokens live in memory', async (_name, state, reason) => {
    await vaults.leaveVault()
    const before = readFileSync(vaults.file)
    const keychain = new FakeKeychain()
    keychain.current = state

    const vault = await vaults.open({ keychain })
    await vault.keep(ana, 'connection', new Secret('for today'))

    expect(vault.custody).toEqual({ mode: 'memory-only', reason })
    expect((await vault.recall(ana, 'connection'))?.reveal()).toBe('for today')
    expect(await tokenOf(vault, ana)).toBeNull()
    expect(readFileSync(vaults.file)).toEqual(before)
    expect(readdirSync(vaults.folder)).toEqual(['vault-copy.json', 'vault.json'])
    expect(await tokenOf(await vaults.open(), ana)).toBe(canary)
  })

  it.each([
    ['changed', { keychain: new FakeKeychain({ keyName: 'new keyring' }) }],
    ['changed', { keychain: new FakeKeychain({ backend: 'kwallet6', keyName: 'wallet' }) }],
    ['foreign', { keychain: new FakeKeychain({ keyName: 'other keyring' }), owner: 'somebody elsewhere' }],
    [
      'foreign',
      { keychain: new FakeKeychain({ backend: 'kwallet6', keyName: 'wallet' }), owner: 'elsewhere' },
    ],
  ] as const)(
    'is %s: the vault is set aside unharmed and the next start begins anew',
    async (reason, opening) => {
      await vaults.leaveVault()
      const before = readFileSync(vaults.file)

      const vault = await vaults.open(opening)
      await vault.keep(ana, 'connection', new Secret('for today'))

      expect(vault.custody).toEqual({ mode: 'memory-only', reason })
      expect(readFileSync(`${vaults.file}.broken-1`)).toEqual(before)
      expect(existsSync(vaults.file)).toBe(false)
      expect((await vaults.open(opening)).custody.mode).toBe('sealed')
    },
  )

  it('is never there and no file is ever made', async () => {
    const keychain = new FakeKeychain()
    keychain.current = { state: 'none' }

    const vault = await vaults.open({ keychain })
    await vault.keep(ana, 'participant', new Secret(canary))
    await vault.databaseKey()
    await vault.forget(ana)

    expect(await tokenOf(vault, ana)).toBeNull()
    expect(readdirSync(vaults.folder)).toEqual([])
  })

  it('is slow to come up: the vault waits for it and loses nothing', async () => {
    await vaults.leaveVault()
    const keychain = new FakeKeychain()
    keychain.failures = 3

    const opening = vaults.open({ keychain })
    await vaults.clock.advance(10_000)
    const vault = await opening

    expect(vault.custody.mode).toBe('sealed')
    expect(await tokenOf(vault, ana)).toBe(canary)
  })

  it('stays away: the vault is left for the next start', async () => {
    await vaults.leaveVault()
    const before = readFileSync(vaults.file)
    const keychain = new FakeKeychain()
    keychain.failures = 100

    const opening = vaults.open({ keychain })
    await vaults.clock.advance(10_000)

    expect((await opening).custody).toEqual({ mode: 'memory-only', reason: 'unavailable' })
    expect(readFileSync(vaults.file)).toEqual(before)
    expect(await tokenOf(await vaults.open(), ana)).toBe(canary)
  })

  it('comes onto the bus a little later: the vault waits for it and loses nothing', async () => {
    await vaults.leaveVault()
    const keychain = new FakeKeychain()
    const usable = keychain.current
    keychain.current = { state: 'silent', backend: 'gnome_libsecret' }
    vaults.clock.after(2_000, () => {
      keychain.current = usable
    })

    const opening = vaults.open({ keychain })
    await vaults.clock.advance(10_000)

    expect(await tokenOf(await opening, ana)).toBe(canary)
  })

  it('does not answer: the vault is left for the next start', async () => {
    await vaults.leaveVault()
    const before = readFileSync(vaults.file)
    const keychain = new FakeKeychain()
    keychain.current = { state: 'silent', backend: 'gnome_libsecret' }

    const opening = vaults.open({ keychain })
    await vaults.clock.advance(10_000)

    expect((await opening).custody).toEqual({ mode: 'memory-only', reason: 'unavailable' })
    expect(readFileSync(vaults.file)).toEqual(before)
    expect(await tokenOf(await vaults.open(), ana)).toBe(canary)
  })

  it.each([
    ['silent', 'missing'],
    ['locked', 'locked'],
  ] as const)('is %s where nothing was ever kept: it counts as %s at once', async (state, reason) => {
    const keychain = new FakeKeychain()
    keychain.current = { state, backend: 'gnome_libsecret' }

    expect((await vaults.open({ keychain })).custody).toEqual({ mode: 'memory-only', reason })
    expect(readdirSync(vaults.folder)).toEqual([])
  })

  it('does not open what it has just sealed: no vault is begun', async () => {
    const keychain = new FakeKeychain()
    keychain.isSealing = false

    const vault = await vaults.open({ keychain })

    expect(vault.custody).toEqual({ mode: 'memory-only', reason: 'unavailable' })
    expect(readdirSync(vaults.folder)).toEqual([])
  })

  it('belongs to the same user under a new name of the computer: nothing is lost', async () => {
    await vaults.leaveVault()

    const vault = await vaults.open({ owner: 'agent at desk 5' })

    expect(await tokenOf(vault, ana)).toBe(canary)
  })
})

describe('a keychain with a new key', () => {
  const keysIn = (): unknown =>
    (JSON.parse(readFileSync(vaults.file, 'utf8')) as { keys: unknown[] }).keys.length

  it('gets the data key sealed anew, and the old seal goes once the new one has opened', async () => {
    await vaults.leaveVault()
    const keychain = new FakeKeychain()
    keychain.rotation = 1

    expect(await tokenOf(await vaults.open({ keychain }), ana)).toBe(canary)
    expect(keysIn()).toBe(2)
    expect(await tokenOf(await vaults.open({ keychain }), ana)).toBe(canary)
    expect(keysIn()).toBe(1)
    const disk = new DiskFile(vaults.file)
    expect(await tokenOf(await vaults.open({ keychain, disk }), ana)).toBe(canary)
    expect(disk.writes).toBe(0)
  })

  it('is not trusted before that: the old seal still opens the vault', async () => {
    await vaults.leaveVault()
    const keychain = new FakeKeychain()
    keychain.rotation = 1
    await vaults.open({ keychain })
    const content = JSON.parse(readFileSync(vaults.file, 'utf8')) as { keys: string[] }

    const blind = new FakeKeychain()
    blind.unseal = (sealed) =>
      Buffer.from(sealed).toString('base64') === content.keys[0]
        ? Promise.resolve({ outcome: 'refused' })
        : FakeKeychain.prototype.unseal.call(blind, sealed)

    expect(await tokenOf(await vaults.open({ keychain: blind }), ana)).toBe(canary)
  })
})
