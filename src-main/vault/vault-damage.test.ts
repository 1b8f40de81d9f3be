import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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
      const vault = await vaults.open({ disk: new MemoryFile(damaged) })
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
    writeFileSync(vaults.file, JSON.stringify({ ...content, entries }))
    const before = readFileSync(vaults.file)

    const vault = await vaults.open()

    expect([await tokenOf(vault, ana), await tokenOf(vault, bo)]).toEqual([null, null])
    expect(vault.rejected).toBe(2)
    expect(readFileSync(`${vaults.file}.broken-copy`)).toEqual(before)
  })

  it.each([
    ['is empty', ''],
    ['is cut off', '{"version":1,"backend":"gno'],
    ['is of another version', '{"version":2}'],
    ['is a list', '[]'],
    ['is zeros', '\0'.repeat(400)],
  ])('is set aside when it %s', async (_name, text) => {
    writeFileSync(vaults.file, text)

    const vault = await vaults.open()

    expect(vault.custody).toEqual({ mode: 'memory-only', reason: 'corrupted' })
    expect(readFileSync(`${vaults.file}.broken-1`, 'utf8')).toBe(text)
    expect((await vaults.open()).custody.mode).toBe('sealed')
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
