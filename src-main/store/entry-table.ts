import { z } from 'zod'
import { Entry, isPending } from '#shared/entry.ts'
import type { ChatId } from '#shared/model.ts'
import type { EntryChange } from './conversation-store.ts'
import type { RecordSeal } from './record-seal.ts'
import { parseRecord } from './records.ts'
import { chatToken, wordQuery, wordsOf } from './search-words.ts'
import { SqlText } from './sqlite.ts'
import type { Sqlite, SqlValue } from './sqlite.ts'

const Sealed = z.tuple([SqlText, SqlText, z.instanceof(Uint8Array)])
const Known = z.tuple([z.number(), SqlText])
const Row = z.tuple([z.number()])
const Id = z.tuple([SqlText])

/** More words with one piece in them make a search that nobody means. */
const mostWords = 2_000

/** The timelines, with the index of their words. */
export class EntryTable {
  readonly #sqlite: Sqlite
  readonly #seal: RecordSeal

  constructor(sqlite: Sqlite, seal: RecordSeal) {
    this.#sqlite = sqlite
    this.#seal = seal
    sqlite.exec(
      `CREATE VIRTUAL TABLE IF NOT EXISTS temp.entry_vocabulary USING fts5vocab(main, entry_words, col)`,
    )
  }

  apply(chatId: ChatId, change: EntryChange): void {
    for (const id of change.removed) this.#remove(chatId, id)
    for (const entry of change.upserted) this.#upsert(chatId, entry)
  }

  /** In conversation order. A record that does not prove itself is left out. */
  load(chatId: ChatId): readonly Entry[] {
    const rows = this.#sqlite.all(
      Sealed,
      `SELECT CAST(id AS BLOB), CAST(record AS BLOB), CAST(seal AS BLOB) FROM entries
       WHERE chat_id = ? ORDER BY pending, at, seq`,
      [chatId],
    )
    return rows.flatMap(([id, record, seal]) => {
      if (!this.#seal.proves(seal, nameOf(chatId, id), record)) return []
      return parseRecord(Entry, record) ?? []
    })
  }

  removeAll(chatId: ChatId): void {
    this.#sqlite.run('DELETE FROM entry_words WHERE rowid IN (SELECT row FROM entries WHERE chat_id = ?)', [
      chatId,
    ])
    this.#sqlite.run('DELETE FROM entries WHERE chat_id = ?', [chatId])
  }

  find(chatId: ChatId, text: string, limit: number): readonly string[] {
    const query = wordQuery(chatToken(chatId), text, (piece) => this.#wordsWith(piece))
    if (query === null) return []
    // CROSS JOIN fixes the order: first the words, then the few entries that hold them.
    const found = this.#sqlite.all(
      Id,
      `SELECT CAST(entries.id AS BLOB) FROM entry_words CROSS JOIN entries ON entries.row = entry_words.rowid
       WHERE entry_words MATCH ? AND +entries.chat_id = ? ORDER BY pending DESC, at DESC, seq DESC LIMIT ?`,
      [query, chatId, limit],
    )
    return found.map(([id]) => id)
  }

  #wordsWith(piece: string): readonly string[] {
    const found = this.#sqlite.all(
      Id,
      `SELECT CAST(term AS BLOB) FROM temp.entry_vocabulary
       WHERE col = 'words' AND instr(term, ?) > 0 ORDER BY length(term) LIMIT ?`,
      [piece, mostWords],
    )
    return found.map(([word]) => word)
  }

  #upsert(chatId: ChatId, entry: Entry): void {
    const record = Buffer.from(JSON.stringify(entry))
    // Pending messages are ordered by `seq` alone.
    const place = isPending(entry) ? [1, 0, entry.seq] : [0, entry.at, entry.seq]
    const values = [...place, record, this.#seal.of(nameOf(chatId, entry.id), record)]
    const [added] = this.#sqlite.all(
      Row,
      `INSERT INTO entries (pending, at, seq, record, seal, chat_id, id) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (chat_id, id) DO NOTHING RETURNING row`,
      [...values, chatId, entry.id],
    )
    if (added === undefined) this.#replace(chatId, entry, values)
    else this.#index(added[0], chatId, wordsOf(entry))
  }

  #replace(chatId: ChatId, entry: Entry, values: readonly SqlValue[]): void {
    const [known] = this.#sqlite.all(
      Known,
      'SELECT row, CAST(record AS BLOB) FROM entries WHERE chat_id = ? AND id = ?',
      [chatId, entry.id],
    )
    if (known === undefined) return
    const [row, before] = known
    this.#sqlite.run('UPDATE entries SET pending = ?, at = ?, seq = ?, record = ?, seal = ? WHERE row = ?', [
      ...values,
      row,
    ])
    // Most changes are to the delivery of a message and leave its words alone.
    const words = wordsOf(entry)
    const old = parseRecord(Entry, before)
    if (old !== null && wordsOf(old) === words) return
    this.#sqlite.run('DELETE FROM entry_words WHERE rowid = ?', [row])
    this.#index(row, chatId, words)
  }

  #index(row: number, chatId: ChatId, words: string): void {
    if (words === '') return
    this.#sqlite.run('INSERT INTO entry_words (rowid, chat, words) VALUES (?, ?, ?)', [
      row,
      chatToken(chatId),
      words,
    ])
  }

  #remove(chatId: ChatId, id: string): void {
    this.#sqlite.run(
      'DELETE FROM entry_words WHERE rowid IN (SELECT row FROM entries WHERE chat_id = ? AND id = ?)',
      [chatId, id],
    )
    this.#sqlite.run('DELETE FROM entries WHERE chat_id = ? AND id = ?', [chatId, id])
  }
}

/** The name under which an entry is sealed. */
function nameOf(chatId: ChatId, id: string): readonly string[] {
  return ['entries', chatId, id]
}
