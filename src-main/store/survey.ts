import { z } from 'zod'
import { Entry } from '#shared/entry.ts'
import { ChatId } from '#shared/model.ts'
import type { Database } from './database.ts'
import { RecordSeal } from './record-seal.ts'
import { ChatRecord, DraftRecord, OutboxRecord, parseRecord, UploadRecord } from './records.ts'
import { SqlText } from './sqlite.ts'
import type { Sqlite } from './sqlite.ts'

const tables = [
  { table: 'chats', key: 'chat_id', second: "''", storedBy: 'chat_id' },
  { table: 'drafts', key: 'chat_id', second: "''", storedBy: 'chat_id' },
  { table: 'outbox', key: 'entry_id', second: "''", storedBy: 'entry_id' },
  { table: 'uploads', key: 'upload_id', second: "''", storedBy: 'row' },
  { table: 'entries', key: 'chat_id', second: 'id', storedBy: 'row' },
] as const
type Table = (typeof tables)[number]

/** In a damaged row even a column that cannot be empty may be. */
const Cell = z.union([SqlText, z.null().transform(() => '')])
const Row = z.tuple([Cell, Cell, Cell, z.instanceof(Uint8Array).nullable()])

interface Found {
  readonly key: string
  readonly record: string
  readonly isProven: boolean
}

/** How many records do not carry the proof that they were written here as they are. */
export function countUnproven(sqlite: Sqlite, key: string): number {
  const seal = new RecordSeal(key)
  let unproven = 0
  for (const table of tables)
    for (const found of recordsOf(sqlite, seal, { table, direction: 'ASC' }))
      unproven += Number(!found.isProven)
  return unproven
}

/**
 * Copies every record that still proves itself out of a damaged database; the number says how many. What the
 * service also has is marked as unknown, so that it is read again.
 */
export function rescue(from: Sqlite, key: string, to: Database): number {
  const seal = new RecordSeal(key)
  let rescued = 0
  to.transact('synced', () => {
    for (const table of tables)
      for (const record of provenRecords(from, seal, table)) rescued += Number(restore(to, table, record))
  })
  return rescued
}

function restore(to: Database, { table }: Table, { key, record }: Found): boolean {
  switch (table) {
    case 'chats': {
      const chat = parseRecord(ChatRecord, record)
      if (chat !== null) to.saveChat({ ...chat, draft: '', lastServiceId: null, completeUpTo: null })
      return chat !== null
    }
    case 'drafts': {
      const draft = parseRecord(DraftRecord, record)
      if (draft !== null) to.saveDraft(draft.chatId, draft.text)
      return draft !== null
    }
    case 'outbox': {
      const message = parseRecord(OutboxRecord, record)
      if (message !== null) to.enqueue(message)
      return message !== null
    }
    case 'uploads': {
      const upload = parseRecord(UploadRecord, record)
      if (upload !== null) to.saveUpload(upload)
      return upload !== null
    }
    case 'entries': {
      const entry = parseRecord(Entry, record)
      if (entry !== null) to.saveEntries(ChatId.parse(key), { upserted: [entry], removed: [] })
      return entry !== null
    }
  }
}

/** From both ends, since a scan stops at the first broken page. */
function provenRecords(sqlite: Sqlite, seal: RecordSeal, table: Table): readonly Found[] {
  const proven = new Map<string, Found>()
  for (const direction of ['ASC', 'DESC'] as const)
    try {
      for (const found of recordsOf(sqlite, seal, { table, direction }))
        if (found.isProven) proven.set(`${found.key} ${found.record}`, found)
    } catch {
      // Nothing further can be read in this direction; what was found before counts.
    }
  return [...proven.values()]
}

function* recordsOf(
  sqlite: Sqlite,
  seal: RecordSeal,
  { table: { table, key, second, storedBy }, direction }: { table: Table; direction: 'ASC' | 'DESC' },
): Iterable<Found> {
  // In stored order: neither a sort nor an index, which may be broken as well, is needed.
  const columns = [key, second, 'record', 'seal'].map((column) => `CAST(${column} AS BLOB)`).join(', ')
  const sql = `SELECT ${columns} FROM ${table} NOT INDEXED ORDER BY ${storedBy} ${direction}`
  for (const [first, id, record, proof] of sqlite.each(Row, sql)) {
    const name = id === '' ? [table, first] : [table, first, id]
    yield { key: first, record, isProven: seal.proves(proof, name, record) }
  }
}
