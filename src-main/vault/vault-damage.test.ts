import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Secret } from './secret.ts'
import { DiskFile } from './testing/disk-file.ts'
import { MemoryFile } from './testing/memory-file.ts'
import { ana, bo, canary, tokenOf, VaultFolder } from './testing/vault-folder.ts'

let vaults: VaultFolder

beforeEach(() => {
  vaults = new VaultFolder()
})

afterEach(() => {
  vaults.remove()
})

describe('a vault that was changed on disk', () => {
  it('never gives a wrong token and never fails, whichever byte is flipped', async () => {
    await vaults.leaveVault()
    const bytes = readFileSync(vaults.file)
    const outcomes = new Map<string, number>()

    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = Buffer.from(bytes)
      damaged.writeUInt8(damaged.readUInt8(at) ^ 0x01, at)
      const vault = await vaults.open({ disk: new MemoryFile(damaged), copy: new MemoryFile(damaged) })
      const tokens = [await tokenOf(vault, ana), await tokenOf(vault, bo)]
      expect([canary, null]).toContain(tokens[0])
      expect(['token of bo', null]).toContain(tokens[1])
      const outcome = vault.custody.mode === 'memory-only' ? vault.custody.reason : vault.custody.mode
      const lost = tokens.filter((token) => token === null).length
      outcomes.set(`${outcome}, ${lost} lost`, (outcomes.get(`${outcome}, ${lost} lost`) ?? 0) + 1)
    }

    expect([...outcomes.keys()].sort()).toEqual(['corrupted, 2 lost', 'sealed, 0 lost', 'sealed, 1 lost'])
    expect(outcomes.get('sealed, 1 lost')).toBeGreaterThan(100)
  })

  it('refuses two tokens that have changed places, and keeps a copy of the file', async () => {
    await vaults.leaveVault()
    const content = JSON.parse(readFileSync(vaults.file, 'utf8')) as {
      entries: { chatId: string; box: string }[]
    }
    const [databaseKey, first, second] = content.entries
    if (first === undefined || second === undefined) throw new Error('Two entries were expected')
    const entries = [databaseKey, { ...first, box: second.box }, { ...second, box: first.box }]
    for (const file of [vaults.file, vaults.copy])
      writeFileSync(file, JSON.stringify({ ...content, entries }))
    const before = readFileSync(vaults.file)

    const vault = await vaults.open()

    expect([await tokenOf(vault, ana), await tokenOf(vault, bo)]).toEqual([null, null])
    expect(vault.rejected).toBe(2)
    expect(readFileSync(`${vaults.file}.broken-copy`)).toEqual(before)
  })

  it.each([
    ['is empty', ''],
    ['is cut off', '{"version":1,"backend":"gno'],
    ['is a list', '[]'],
    ['is zeros', '\0'.repeat(400)],
  ])('is set aside when it %s', async (_name, text) => {
    writeFileSync(vaults.file, text)

    writeFileSync(vaults.copy, text)

    const vault = await vaults.open()

    expect(vault.custody).toEqual({ mode: 'memory-only', reason: 'corrupted' })
    expect(readFileSync(`${vaults.file}.broken-1`, 'utf8')).toBe(text)
    expect((await vaults.open()).custody.mode).toBe('sealed')
  })

  it.each([
    ['is gone', (file: string) => rmSync(file)],
    ['is empty', (file: string) => writeFileSync(file, '')],
    ['is cut off', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 300))],
    ['is zeros', (file: string) => writeFileSync(file, Buffer.alloc(400))],
  ])('[L15] is taken over from its second copy when it %s', async (_name, damage) => {
    const databaseKey = await vaults.leaveVault()
    damage(vaults.file)

    const vault = await vaults.open()

    expect([vault.custody.mode, vault.mended, vault.rejected]).toEqual(['sealed', 'file', 0])
    expect([await tokenOf(vault, ana), await tokenOf(vault, bo)]).toEqual([canary, 'token of bo'])
    expect((await vault.databaseKey()).reveal()).toBe(databaseKey)
    expect(readFileSync(vaults.file)).toEqual(readFileSync(vaults.copy))
  })

  it('[L15] takes from its second copy what is damaged, and not what was forgotten', async () => {
    await vaults.leaveVault()
    const content = JSON.parse(readFileSync(vaults.file, 'utf8')) as {
      entries: { chatId: string; box: string }[]
    }
    const entries = content.entries
      .filter(({ chatId }) => chatId !== bo)
      .map((entry) => (entry.chatId === ana ? { ...entry, box: 'AAAA' } : entry))
    writeFileSync(vaults.file, JSON.stringify({ ...content, entries }))

    const vault = await vaults.open()

    expect([await tokenOf(vault, ana), vault.rejected, vault.mended]).toEqual([canary, 0, 'entries'])
    expect(readFileSync(`${vaults.file}.broken-copy`, 'utf8')).toContain('AAAA')
  })

  it('[L15] is written to both copies, forgetting as well', async () => {
    await vaults.leaveVault()
    const vault = await vaults.open()
    await vault.forget(ana)

    for (const file of [vaults.file, vaults.copy])
      expect(readFileSync(file, 'utf8')).not.toContain('chat-ana')
  })

  it.each(['file', 'copy'] as const)(
    '[L15] [D3] is left as it is when a later Parley wrote it, be it only the %s',
    async (which) => {
      await vaults.leaveVault()
      const later = JSON.stringify({
        ...JSON.parse(readFileSync(vaults[which], 'utf8')),
        version: 2,
        more: [1],
      })
      writeFileSync(vaults[which], later)
      const before = [readFileSync(vaults.file), readFileSync(vaults.copy)]

      const vault = await vaults.open()
      await vault.keep(ana, 'participant', new Secret('another'))

      expect(vault.custody).toEqual({ mode: 'memory-only', reason: 'newer' })
      expect([readFileSync(vaults.file), readFileSync(vaults.copy)]).toEqual(before)
      expect(readdirSync(vaults.folder)).toHaveLength(2)
    },
  )

  it('[D3] is not written to before it is known to be ours to write', async () => {
    await vaults.leaveVault()
    rmSync(vaults.copy)
    const vault = await vaults.open({ isHeld: true })
    await vault.keep(ana, 'participant', new Secret('another'))
    expect(readdirSync(vaults.folder)).toEqual(['vault.json'])
    expect(await tokenOf(await vaults.open({ isHeld: true }), ana)).toBe(canary)

    vault.release()

    expect(await tokenOf(await vaults.open(), ana)).toBe('another')
  })

  it('is left alone when it cannot be read', async () => {
    const disk = new DiskFile(vaults.file)
    disk.read = () => {
      throw Object.assign(new Error('no access'), { code: 'EACCES' })
    }

    const vault = await vaults.open({ disk })

    expect(vault.custody).toEqual({ mode: 'memory-only', reason: 'unavailable' })
    expect(disk.writes).toBe(0)
  })
})
