import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import Libsql from 'libsql'
import { syncFolder } from '../sync-file.ts'
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

export const firstPageBytes = 4096

/**
 * Opens, checks and updates the database at `place`, or says why it cannot be used. Throws what SQLite throws
 * when the disk or another program is in the way. After 'damaged' the thread has to end before the path is used
 * again; see `Sqlite`. One that a later Parley wrote has not been touched.
 */
export function openDatabase(place: Place): OpenedDatabase {
  if (place.path === inMemory) return opened(place, true)
  const isNew = sizeOf(place.path) === 0
  if (isNew) {
    // SQLite would throw away the log of an empty file, which may hold all there is.
    if (sizeOf(`${place.path}-wal`) > 0) return { state: 'unusable', reason: 'damaged' }
    createPrivately(place.path)
  } else {
    // Closing a file that was opened with the wrong key folds its log into it and ruins it for the right key too.
    const reason = reasonByProbe(place)
    if (reason !== null) return { state: 'unusable', reason }
  }
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
  const folder = path.dirname(file)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  closeSync(openSync(file, 'a', 0o600))
  syncFolder(path.dirname(folder))
  syncFolder(folder)
}

/**
 * Tries the key on a copy of the first page, with the log where there is one, which alone tell whether it is the right
 * one and which Parley wrote here.
 */
function reasonByProbe(place: Place): 'undecryptable' | 'newer' | null {
  const probe = `${place.path}.probe`
  removeDatabase(probe)
  copyStart(place.path, probe)
  const connection = new Libsql(probe, keyOptions(place.key))
  try {
    connection.exec('SELECT count(*) FROM sqlite_master')
    // A statement would hold the probe open (see `Sqlite`), and a script gives no answer but that it fails.
    return doesFail(connection, `SELECT abs(${lowestInteger}) ${fromLaterVersion}`) ? 'newer' : null
  } catch (error) {
    // One page of many looks damaged, but only the right key shows that.
    return sqliteCode(error) === 'SQLITE_NOTADB' ? 'undecryptable' : null
  } finally {
    connection.close()
    removeDatabase(probe)
  }
}

/** Has no positive counterpart: a sum that fails when it is done at all. */
const lowestInteger = '-9223372036854775808'
const fromLaterVersion = `FROM pragma_user_version WHERE user_version > ${schemaVersion}`

function doesFail(connection: InstanceType<typeof Libsql>, script: string): boolean {
  try {
    connection.exec(script)
    return false
  } catch (error) {
    if (sqliteCode(error) !== 'SQLITE_ERROR') throw error
    return true
  }
}

/** The first page of as long a file, with the whole log: the newest first page may be in it. */
function copyStart(from: string, to: string): void {
  const page = Buffer.alloc(firstPageBytes)
  const file = openSync(from, 'r')
  try {
    readSync(file, page, 0, firstPageBytes, 0)
  } finally {
    closeSync(file)
  }
  writeFileSync(to, page, { mode: 0o600, flag: 'wx' })
  truncateSync(to, sizeOf(from))
  if (sizeOf(`${from}-wal`) > 0) copyFileSync(`${from}-wal`, `${to}-wal`)
}

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0
}

export function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true })
}
