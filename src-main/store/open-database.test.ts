import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inProcessStore } from './in-process-store.ts'
import { openDatabase } from './open-database.ts'
import { Sqlite } from './sqlite.ts'
import { aMessage, ana, anOutboxMessage, aStoredChat } from './testing/builders.ts'

const key = 'a1'.repeat(32)
const pageBytes = 4_096
const entries = Array.from({ length: 60 }, (_, seq) => aMessage({ id: `e${seq}`, at: seq, seq }))

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'parley-database-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** The bytes of a database that another program run has left behind. */
async function leftBehind(): Promise<Buffer> {
  const file = path.join(folder, 'conversations.db')
  const opened = openDatabase({ path: file, key })
  if (opened.state !== 'opened') throw new Error('A new database could not be opened')
  const store = inProcessStore(opened.database)
  await store.saveChat(aStoredChat())
  await store.enqueue(anOutboxMessage())
  await store.saveEntries(ana, { upserted: entries, removed: [] })
  // A copy taken while the log is in use is what a crash leaves.
  const copy = path.join(folder, 'folded.db')
  for (const suffix of ['', '-wal']) copyFileSync(file + suffix, copy + suffix)
  const fold = new Sqlite({ path: copy, key })
  fold.pragma('wal_checkpoint(TRUNCATE)')
  return readFileSync(copy)
}

describe('openDatabase', () => {
  it('never believes a record after any byte of its page has flipped', async () => {
    const bytes = await leftBehind()
    const states: string[] = []

    for (let at = 40; at < bytes.length; at += pageBytes / 4) {
      const damaged = Buffer.from(bytes)
      damaged.writeUInt8(damaged.readUInt8(at) ^ 0x20, at)
      const file = path.join(folder, `flip-${at}.db`)
      writeFileSync(file, damaged)
      const opened = openDatabase({ path: file, key })
      states.push(opened.state)
      if (opened.state === 'opened') expect(opened.database.loadEntries(ana)).toEqual(entries)
    }

    expect(states.filter((state) => state === 'unusable').length).toBeGreaterThan(states.length / 3)
  })

  it('[D3] says of a database of a later version that it is newer, and leaves it as it is', async () => {
    const bytes = await leftBehind()
    const file = path.join(folder, 'later.db')
    writeFileSync(file, bytes)
    const later = new Sqlite({ path: file, key })
    later.exec('PRAGMA user_version = 99')
    const copy = path.join(folder, 'later-copy.db')
    for (const suffix of ['', '-wal']) copyFileSync(file + suffix, copy + suffix)

    const before = ['', '-wal'].map((suffix) => readFileSync(copy + suffix))

    expect(openDatabase({ path: copy, key })).toEqual({ state: 'unusable', reason: 'newer' })

    expect(['', '-wal'].map((suffix) => readFileSync(copy + suffix))).toEqual(before)
    expect(readdirSync(folder).filter((name) => name.includes('probe'))).toEqual([])
  })

  it('recovers what was committed when the program was killed', async () => {
    const file = path.join(folder, 'killed.db')
    const opened = openDatabase({ path: file, key })
    if (opened.state !== 'opened') throw new Error('A new database could not be opened')
    await inProcessStore(opened.database).enqueue(anOutboxMessage())
    const copy = path.join(folder, 'after-crash.db')
    for (const suffix of ['', '-wal']) copyFileSync(file + suffix, copy + suffix)

    const again = openDatabase({ path: copy, key })

    expect(again.state === 'opened' && again.database.loadOutbox(ana)).toEqual([anOutboxMessage()])
  })
})
