import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Secret } from './secret.ts'
import { DiskFile } from './testing/disk-file.ts'
import { ana, bo, canary, tokenOf, VaultFolder } from './testing/vault-folder.ts'

let vaults: VaultFolder

beforeEach(() => {
  vaults = new VaultFolder()
})

afterEach(() => {
  vaults.remove()
})

describe('a vault with a keychain', () => {
  it('gives back after a restart what it was given', async () => {
    const databaseKey = await vaults.leaveVault()

    const vault = await vaults.open()

    expect(vault.custody).toEqual({ mode: 'sealed', backend: 'gnome_libsecret' })
    expect([await tokenOf(vault, ana), await tokenOf(vault, bo)]).toEqual([canary, 'token of bo'])
    expect((await vault.databaseKey()).reveal()).toBe(databaseKey)
    expect(databaseKey).toMatch(/^[0-9a-f]{64}$/)
  })

  it('keeps the newest token of a kind and both kinds apart', async () => {
    const first = await vaults.open()
    await first.keep(ana, 'participant', new Secret('old'))
    await first.keep(ana, 'participant', new Secret('new'))
    await first.keep(ana, 'connection', new Secret('other'))

    const vault = await vaults.open()

    expect(await tokenOf(vault, ana)).toBe('new')
    expect((await vault.recall(ana, 'connection'))?.reveal()).toBe('other')
  })

  it('writes neither tokens nor keys in the clear', async () => {
    const databaseKey = await vaults.leaveVault()

    const text = readFileSync(vaults.file, 'utf8')

    for (const secret of [canary, databaseKey])
      for (const encoding of ['utf8', 'base64', 'hex'] as const)
        expect(text).not.toContain(Buffer.from(secret).toString(encoding).slice(0, -3))
  })

  it('forgets every token of a chat and no other', async () => {
    await vaults.leaveVault()
    const vault = await vaults.open()

    await vault.forget(ana)

    expect(await tokenOf(vault, ana)).toBeNull()
    const later = await vaults.open()
    expect([await tokenOf(later, ana), await tokenOf(later, bo)]).toEqual([null, 'token of bo'])
    expect(readFileSync(vaults.file, 'utf8')).not.toContain('chat-ana')
  })

  it('[L1] knows after a restart of a sign-out that was interrupted, and of none that ended', async () => {
    await vaults.leaveVault()
    const first = await vaults.open()
    expect(first.isSignOutUnderWay).toBe(false)
    first.beginSignOut()

    const second = await vaults.open()
    expect(second.isSignOutUnderWay).toBe(true)
    expect(second.chats()).toHaveLength(2)
    const key = (await second.databaseKey()).reveal()
    second.endSignOut()

    const third = await vaults.open()
    expect(third.isSignOutUnderWay).toBe(false)
    expect((await third.databaseKey()).reveal()).toBe(key)
  })

  it('says when the disk refuses a token, and still knows it until the end', async () => {
    const disk = new DiskFile(vaults.file)
    const vault = await vaults.open({ disk })
    disk.refusal = Object.assign(new Error('full'), { code: 'ENOSPC' })

    await expect(vault.keep(ana, 'participant', new Secret(canary))).rejects.toMatchObject({
      failure: { code: 'disk-full' },
    })

    expect(await tokenOf(vault, ana)).toBe(canary)
  })

  it('writes a refused token as soon as the disk takes it, and says so', async () => {
    const disk = new DiskFile(vaults.file)
    const vault = await vaults.open({ disk })
    disk.refusal = Object.assign(new Error('full'), { code: 'ENOSPC' })
    await vault.keep(ana, 'participant', new Secret(canary)).catch(() => undefined)
    await vaults.clock.advance(5_000)
    expect(vaults.troubles).toMatchObject([{ code: 'disk-full' }, { code: 'disk-full' }])

    disk.refusal = null
    await vaults.clock.advance(5_000)

    expect(vaults.troubles.at(-1)).toBeNull()
    expect(await tokenOf(await vaults.open(), ana)).toBe(canary)
  })

  it('does not write a refused token that was forgotten meanwhile', async () => {
    const disk = new DiskFile(vaults.file)
    const vault = await vaults.open({ disk })
    disk.refusal = Object.assign(new Error('full'), { code: 'ENOSPC' })
    await vault.keep(ana, 'participant', new Secret(canary)).catch(() => undefined)
    await vault.forget(ana)

    disk.refusal = null
    await vaults.clock.advance(5_000)

    expect((await vaults.open()).chats()).toEqual([])
  })

  it('writes at the end what the disk refused before', async () => {
    const disk = new DiskFile(vaults.file)
    const vault = await vaults.open({ disk })
    disk.refusal = Object.assign(new Error('full'), { code: 'ENOSPC' })
    await vault.keep(ana, 'participant', new Secret(canary)).catch(() => undefined)

    disk.refusal = null
    vault.close()

    expect(await tokenOf(await vaults.open(), ana)).toBe(canary)
  })

  it('keeps what it takes to begin a chat anew, sealed, until the chat is forgotten', async () => {
    const vault = await vaults.open()
    vault.keepContact(ana, 'CANARY-customer')
    await vault.keep(ana, 'participant', new Secret(canary))
    expect(readFileSync(vaults.file, 'utf8')).not.toContain(Buffer.from('CANARY-customer').toString('base64'))

    const later = await vaults.open()

    expect([later.recallContact(ana), later.chats()]).toEqual(['CANARY-customer', [ana]])
    await later.forget(ana)
    expect([later.recallContact(ana), (await vaults.open()).chats()]).toEqual([null, []])
  })

  it('forgets on disk as soon as the disk takes it', async () => {
    await vaults.leaveVault()
    const disk = new DiskFile(vaults.file)
    const vault = await vaults.open({ disk })
    disk.refusal = Object.assign(new Error('full'), { code: 'ENOSPC' })
    await vault.forget(ana)
    expect(readFileSync(vaults.file, 'utf8')).toContain('chat-ana')

    disk.refusal = null
    await vaults.clock.advance(5_000)

    expect(readFileSync(vaults.file, 'utf8')).not.toContain('chat-ana')
  })

  it('writes tokens that come together once, and tries again when the disk refuses', async () => {
    const disk = new DiskFile(vaults.file)
    const vault = await vaults.open({ disk })
    const before = disk.writes
    disk.refusal = Object.assign(new Error('full'), { code: 'ENOSPC' })
    vault.keepSoon(ana, 'connection', new Secret('one'))
    vault.keepSoon(bo, 'connection', new Secret('two'))
    expect((await vault.recall(ana, 'connection'))?.reveal()).toBe('one')
    await vaults.clock.advance(1_000)

    disk.refusal = null
    await vaults.clock.advance(5_000)

    expect(disk.writes - before).toBe(1)
    const later = await vaults.open()
    expect((await later.recall(bo, 'connection'))?.reveal()).toBe('two')
  })

  it('does not write a token that was forgotten meanwhile', async () => {
    const vault = await vaults.open()
    vault.keepSoon(ana, 'connection', new Secret('one'))

    await vault.forget(ana)
    await vaults.clock.advance(1_000)

    expect(await (await vaults.open()).recall(ana, 'connection')).toBeNull()
  })

  it('[L17] is kept in memory when the disk takes not even an empty one', async () => {
    const disk = new DiskFile(vaults.file)
    disk.refusal = Object.assign(new Error('full'), { code: 'ENOSPC' })

    const vault = await vaults.open({ disk })

    expect(vault.custody).toEqual({ mode: 'memory-only', reason: 'unwritable' })
    expect((await vault.databaseKey()).reveal()).toMatch(/^[0-9a-f]{64}$/)
  })
})
