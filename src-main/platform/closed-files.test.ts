import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { removeClosedFiles } from './closed-files.ts'

let folder: string

const open = ['parley.db', 'parley.db-wal', 'settings.json', 'vault.json']
const left = [
  'parley.db.broken-20261123T014229',
  'parley.db.broken-20261123T014229-wal',
  'vault.json.broken-1763862149000',
]
const others = ['settings.json.broken-1763862149000', 'my parley.db.broken-copy']

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'parley-closed-'))
  for (const name of [...open, ...left, ...others]) writeFileSync(path.join(folder, name), 'kept')
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

it('removes what was set aside, and nothing else', async () => {
  await removeClosedFiles(folder, { isVaultOpen: true, isDatabaseOpen: true })

  expect(readdirSync(folder).toSorted()).toEqual([...open, ...others].toSorted())
})

it('removes the vault and the database as well when this run has others in memory', async () => {
  await removeClosedFiles(folder, { isVaultOpen: false, isDatabaseOpen: false })

  expect(readdirSync(folder).toSorted()).toEqual(['settings.json', ...others].toSorted())
})

it('names what the disk does not let go, with the rest gone', async () => {
  mkdirSync(path.join(folder, 'parley.db.broken-stuck'))

  const removing = removeClosedFiles(folder, { isVaultOpen: true, isDatabaseOpen: true })

  await expect(removing).rejects.toThrow(`from ${folder}: parley.db.broken-stuck.`)
  expect(readdirSync(folder)).not.toContain(left[0])
})
