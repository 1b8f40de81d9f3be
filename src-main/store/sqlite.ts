import Libsql from 'libsql'
import { z } from 'zod'
import type { Durability } from './durability.ts'
import { syncFile } from '../sync-file.ts'

type Connection = InstanceType<typeof Libsql>
type Statement = ReturnType<Connection['prepare']>

export type SqlValue = string | number | null | Uint8Array
/** Text read as bytes; see `schema.ts`. */
export const SqlText = z.instanceof(Uint8Array).transform((bytes) => Buffer.from(bytes).toString('utf8'))

/** `key` is 256 bits as hex. The path ':memory:' writes nothing to disk. */
export interface Place {
  readonly path: string
  readonly key: string
}

export const inMemory = ':memory:'

/** AES-256 is the only cipher libsql carries; its type leaves out the key. */
export function keyOptions(key: string): {
  timeout: number
  encryptionCipher: string
  encryptionKey: string
} {
  return { timeout: 0, encryptionCipher: 'aes256cbc', encryptionKey: key }
}

/**
 * One connection, held exclusively: no second program reads or writes the file meanwhile.
 *
 * Two quirks of libsql shape this class. A statement that is not read to its end keeps its lock, so `get` is never
 * used. And `close` only takes effect once every statement has been collected as garbage, which nobody can force:
 * the same path must not be opened again on this thread. The end of the thread closes for certain.
 */
export class Sqlite {
  readonly #connection: Connection
  readonly #statements = new Map<string, Statement>()
  readonly #path: string
  #sync: Durability | null = null
  #isUnsynced = false

  constructor(place: Place) {
    this.#path = place.path
    this.#connection =
      place.path === inMemory ? new Libsql(inMemory) : new Libsql(place.path, keyOptions(place.key))
    // In exclusive mode the index of the write-ahead log lives on the heap: no shared-memory file, which on a full
    // disk would end the process with a bus error.
    this.pragma('locking_mode = EXCLUSIVE')
    this.exec('PRAGMA temp_store = MEMORY')
    this.pragma('secure_delete = FAST')
    this.pragma('journal_mode = WAL')
  }

  exec(sql: string): void {
    this.#connection.exec(sql)
  }

  run(sql: string, values: readonly SqlValue[]): void {
    this.#prepare(sql).run([...values])
  }

  /** Rows as tuples of their columns. */
  all<Row>(row: z.ZodType<Row>, sql: string, values: readonly SqlValue[]): readonly Row[] {
    const found = this.#prepare(sql)
      .raw()
      .all([...values])
    return found.map((columns) => row.parse(columns))
  }

  /** The same one at a time, for tables of any size. Must be read to the end. */
  *each<Row>(row: z.ZodType<Row>, sql: string): Iterable<Row> {
    for (const columns of this.#connection.prepare(sql).raw().iterate([])) yield row.parse(columns)
  }

  /** The first column of the first row of the answer. */
  pragma(setting: string): unknown {
    return this.#connection.prepare(`PRAGMA ${setting}`).raw().all([]).flat()[0]
  }

  /** All of it or, when `work` throws or the disk refuses, none. */
  transact<T>(durability: Durability, work: () => T): T {
    if (this.#sync !== durability) {
      this.exec(`PRAGMA synchronous = ${durability === 'synced' ? 'FULL' : 'NORMAL'}`)
      this.#sync = durability
    }
    this.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.exec('COMMIT')
      this.#isUnsynced = durability === 'written'
      return result
    } catch (error) {
      // Some errors, a full disk among them, have already rolled back.
      if (this.#connection.inTransaction) this.exec('ROLLBACK')
      throw error
    }
  }

  get isUnsynced(): boolean {
    return this.#isUnsynced && this.#path !== inMemory
  }

  /** All that was written lies in the log: one sync keeps it, without a word to SQLite. Its locks are on another file. */
  sync(): void {
    if (this.isUnsynced) syncFile(`${this.#path}-wal`)
    this.#isUnsynced = false
  }

  close(): void {
    this.#statements.clear()
    this.#connection.close()
  }

  #prepare(sql: string): Statement {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.#connection.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}
