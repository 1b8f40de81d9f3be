import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Leftovers } from './leftovers.ts'

let profile: string
let exports: string

beforeEach(() => {
  profile = mkdtempSync(path.join(tmpdir(), 'parley-profile-'))
  exports = mkdtempSync(path.join(tmpdir(), 'parley-exports-'))
})

afterEach(() => {
  for (const folder of [profile, exports]) rmSync(folder, { recursive: true })
})

const now = Date.UTC(2026, 10, 27)
const open = (): Leftovers => new Leftovers(profile, () => now)
const strange = '.parley-11111111-2222-3333-4444-555555555555.part'

describe('what a kill leaves behind', () => {
  it('[L18] goes from the profile, and nothing else does', () => {
    const kept = [
      'parley.db',
      'parley.db.counts',
      'settings.json',
      'vault.json',
      'vault.json.broken-1',
      'notes.part',
    ]
    const left = [
      'vault.json.tmp-1234567890abcdef',
      'vault-copy.json.tmp-1234567890abcdef',
      'settings.json.tmp-1234567890abcdef',
      'parley.db.probe-wal',
      'parley.db.broken-20261127T090000.copy',
      strange,
    ]
    for (const name of [...kept, ...left]) writeFileSync(path.join(profile, name), 'sealed')

    open().sweep()

    expect(readdirSync(profile).toSorted()).toEqual(kept.toSorted())
  })

  it('[L18] goes from where an export was being written', async () => {
    const killed = await new Promise<string>((resolve) => {
      async function* neverEnding(): AsyncGenerator<string> {
        yield 'said by a customer'
        resolve(readdirSync(exports)[0] ?? '')
        await new Promise(() => undefined)
      }
      void open().write(path.join(exports, 'chat.html'), neverEnding())
    })
    expect(readdirSync(exports)).toEqual([killed])

    open().sweep()

    expect(readdirSync(exports)).toEqual([])
  })

  it('[L18] is left to another Parley while it may still be writing, and goes when it is old', async () => {
    await open().write(path.join(exports, 'chat.html'), ['whole'])
    const file = path.join(exports, strange)
    writeFileSync(file, 'half')
    utimesSync(file, now / 1000, now / 1000 - 60)
    open().sweep()
    expect(readdirSync(exports)).toContain(strange)

    utimesSync(file, now / 1000, now / 1000 - 7_200)
    open().sweep()

    expect(readdirSync(exports)).toEqual(['chat.html'])
  })
})
