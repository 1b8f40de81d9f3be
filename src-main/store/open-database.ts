import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import Libsql from 'libsql'
import { Database } from './database.ts'
import { migrate, schemaVersion, versionOf } from './schema.ts'
import { inMemory, keyOptions, Sqlite } from './sqlite.ts'
import type { Place } from './sqlite.ts'
import { sqliteCode } from './store-failure.ts'
import { countUnproven } from './survey.ts'

/** Why a file cannot be used as it is. */
export type Unusable = 'undecryptable' | 'damaged' | 'newer'

export type OpenedDatabase =
  | { readonly state: 'opened'; readonly database: Database; readonly isNew: boolean }
  | { readonly state: 'unusable'; readonly reason: Unusable }

const firstPageBytes = 4096

/**
 * Opens, checks and updates the database at `place`, or says why it must be set aside. Throws what SQLite throws
 * when the disk or another program is in the way. After 'damaged' or 'newer' the thread has to end before the
 * path is used again; see `Sqlite`.
 */
export function openDatabase(place: Place): OpenedDatabase {
  if (place.path === inMemory) return opened(place, true)
  const isNew = !existsSync(place.path) || statSync(place.path).size === 0
  if (isNew) createPrivately(place.path)
  // Closing a file that was opened with the wrong key folds its log into it and ruins it for the right key too.
  else if (!isKeyOf(place)) return { state: 'unusable', reason: 'undecryptable' }
  try {
    return opened(place, isNew)
  } catch (error) {
    const code = sqliteCode(error)
    if (isNew || code === null || isTroubleAround(code)) throw error
    return { state: 'unusable', reason: 'damaged' }
  }
}

function opened(place: Place, isNew: boolean): OpenedDatabase {
  const sqlite = new Sqlite(place)
  if (versionOf(sqlite) > schemaVersion) {
    sqlite.close()
    return { state: 'unusable', reason: 'newer' }
  }
  if (!isNew && !isSound(sqlite, place.key)) {
    sqlite.close()
    return { state: 'unusable', reason: 'damaged' }
  }
  migrate(sqlite)
  return { state: 'opened', database: new Database(sqlite, place.key), isNew }
}

/** The disk, the memory or another program is in the way; whatever else SQLite says is about the file itself. */
function isTroubleAround(code: string): boolean {
  return /^SQLITE_(FULL|READONLY|PERM|CANTOPEN|AUTH|BUSY|LOCKED|IOERR|NOMEM|PROTOCOL)/.test(code)
}

function isSound(sqlite: Sqlite, key: string): boolean {
  return (
    sqlite.pragma('integrity_check(1)') === 'ok' &&
    (versionOf(sqlite) === 0 || countUnproven(sqlite, key) === 0)
  )
}

/** SQLite gives its log the permissions of the database. */
function createPrivately(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  closeSync(openSync(file, 'a', 0o600))
}

/** Tries the key on a copy of the first page, which alone tells whether it is the right one. */
function isKeyOf(place: Place): boolean {
  const probe = `${place.path}.probe`
  const page = Buffer.alloc(firstPageBytes)
  const file = openSync(place.path, 'r')
  try {
    readSync(file, page, 0, firstPageBytes, 0)
  } finally {
    closeSync(file)
  }
  removeDatabase(probe)
  writeFileSync(probe, page, { mode: 0o600, flag: 'wx' })
  const connection = new Libsql(probe, keyOptions(place.key))
  try {
    connection.exec('SELECT count(*) FROM sqlite_master')
    return true
  } catch (error) {
    // One page of many looks damaged, but only the right key shows that.
    return sqliteCode(error) !== 'SQLITE_NOTADB'
  } finally {
    connection.close()
    removeDatabase(probe)
  }
}

export function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true })
}
