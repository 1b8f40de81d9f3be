import { z } from 'zod'
import type { RecordSeal } from './record-seal.ts'
import { parseRecord } from './records.ts'
import { SqlText } from './sqlite.ts'
import type { Sqlite, SqlValue } from './sqlite.ts'

const Sealed = z.tuple([SqlText, SqlText, z.instanceof(Uint8Array)])

export interface RecordTableSpec<T> {
  readonly table: string
  readonly key: string
  readonly schema: z.ZodType<T>
  readonly keyOf: (value: T) => string
  /** Further columns, repeated from the record to look it up or sort it. */
  readonly columns: Readonly<Record<string, (value: T) => SqlValue>>
}

/** A small table of sealed records, one per key. */
export class RecordTable<T> {
  readonly #sqlite: Sqlite
  readonly #seal: RecordSeal
  readonly #spec: RecordTableSpec<T>

  constructor(sqlite: Sqlite, seal: RecordSeal, spec: RecordTableSpec<T>) {
    this.#sqlite = sqlite
    this.#seal = seal
    this.#spec = spec
  }

  put(value: T): void {
    const { table, key, keyOf, columns } = this.#spec
    const id = keyOf(value)
    const record = Buffer.from(JSON.stringify(value))
    const names = [key, ...Object.keys(columns), 'record', 'seal']
    const values = Object.values(columns).map((column) => column(value))
    this.#sqlite.run(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
       ON CONFLICT (${key}) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`,
      [id, ...values, record, this.#seal.of([table, id], record)],
    )
  }

  get(id: string): T | null {
    return this.#select(`WHERE ${this.#spec.key} = ?`, [id])[0] ?? null
  }

  all(): readonly T[] {
    return this.#select('', [])
  }

  ofChat(chatId: string, order: string): readonly T[] {
    return this.#select(`WHERE chat_id = ? ORDER BY ${order}`, [chatId])
  }

  remove(id: string): void {
    this.#sqlite.run(`DELETE FROM ${this.#spec.table} WHERE ${this.#spec.key} = ?`, [id])
  }

  removeOfChat(chatId: string): void {
    this.#sqlite.run(`DELETE FROM ${this.#spec.table} WHERE chat_id = ?`, [chatId])
  }

  /** A record that does not prove itself is left out. */
  #select(where: string, values: readonly SqlValue[]): readonly T[] {
    const { table, key, schema } = this.#spec
    const rows = this.#sqlite.all(
      Sealed,
      `SELECT CAST(${key} AS BLOB), CAST(record AS BLOB), CAST(seal AS BLOB) FROM ${table} ${where}`,
      values,
    )
    return rows.flatMap(([id, record, seal]) => {
      if (!this.#seal.proves(seal, [table, id], record)) return []
      return parseRecord(schema, record) ?? []
    })
  }
}
