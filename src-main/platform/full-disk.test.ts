import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../testing/manual-clock.ts'
import { Secret } from '../vault/secret.ts'
import { TokenVault } from '../vault/token-vault.ts'
import { DiskFile } from '../vault/testing/disk-file.ts'
import { FakeKeychain } from '../vault/testing/fake-keychain.ts'
import { ana, tokenOf } from '../vault/testing/vault-folder.ts'
import { makePrivate } from './private-file.ts'
import { defaults, SettingsFile } from './settings-file.ts'
import { SmallDisk, whyNoSmallDisk } from './testing/small-disk.ts'

const dark = { settings: { ...defaults.settings, theme: 'dark' } } as const

describe.skipIf(whyNoSmallDisk !== null)(`a disk of its own (${whyNoSmallDisk ?? 'mounted'})`, () => {
  let disk: SmallDisk
  let file: string

  beforeEach(() => {
    disk = new SmallDisk(64)
    file = path.join(disk.folder, 'kept.json')
  })

  afterEach(() => {
    disk.remove()
  })

  function fill(): void {
    try {
      writeFileSync(path.join(disk.folder, 'ballast'), Buffer.alloc(128 * 1024))
    } catch {
      // Full, as wanted.
    }
  }

  function openVault(): Promise<TokenVault> {
    return TokenVault.open({
      file: new DiskFile(file),
      copy: new DiskFile(`${file}.copy`),
      keychain: new FakeKeychain(),
      clock: new ManualClock(),
      random: randomBytes,
      owner: 'agent at desk 4',
      trouble: () => undefined,
    })
  }

  it('that is read-only gives the settings it holds', () => {
    new SettingsFile(new DiskFile(file)).change(dark)
    disk.makeReadOnly()

    const settings = new SettingsFile(new DiskFile(file))

    expect([settings.wasBroken, settings.kept.settings.theme]).toEqual([false, 'dark'])
    expect(settings.change({ settings: defaults.settings })).toBe(false)
  })

  it('that is read-only lets the app start with settings that cannot be read', () => {
    writeFileSync(file, '{"settings": ')
    disk.makeReadOnly()

    const settings = new SettingsFile(new DiskFile(file))

    expect([settings.wasBroken, settings.isSetAside, settings.kept]).toEqual([true, false, defaults])
    expect(readdirSync(disk.folder)).toEqual(['kept.json'])
  })

  it('that is read-only leaves the rights of a file as they are', () => {
    writeFileSync(file, '{}', { mode: 0o640 })
    disk.makeReadOnly()

    makePrivate(file)

    expect(statSync(file).mode & 0o777).toBe(0o640)
  })

  it('that is full keeps the settings it had, whole', () => {
    new SettingsFile(new DiskFile(file)).change(dark)
    fill()

    const settings = new SettingsFile(new DiskFile(file))

    expect(settings.change({ settings: defaults.settings })).toBe(false)
    expect(new SettingsFile(new DiskFile(file)).kept.settings.theme).toBe('dark')
  })

  it('that is full keeps the vault it had, whole, and the new token until the end', async () => {
    await (await openVault()).keep(ana, 'participant', new Secret('old'))
    const before = readFileSync(file, 'utf8')
    fill()
    const vault = await openVault()

    await expect(vault.keep(ana, 'participant', new Secret('new'))).rejects.toMatchObject({
      failure: { code: 'disk-full' },
    })

    expect(readFileSync(file, 'utf8')).toBe(before)
    expect([await tokenOf(vault, ana), await tokenOf(await openVault(), ana)]).toEqual(['new', 'old'])
  })

  it('that is read-only gives the tokens it holds', async () => {
    await (await openVault()).keep(ana, 'participant', new Secret('old'))
    disk.makeReadOnly()

    expect(await tokenOf(await openVault(), ana)).toBe('old')
  })
})
