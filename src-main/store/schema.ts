import type { Sqlite } from './sqlite.ts'

/**
 * Every table keeps its truth in `record`, proven by `seal`; the other columns repeat parts of it for lookups and
 * can be rebuilt. Records are blobs: libsql ends the whole process over a text that is not UTF-8, as a damaged one
 * may be, so text is read only by `CAST ... AS BLOB`. A released step is never edited: add one at the end.
 */
const steps: readonly string[] = [
  `
  CREATE TABLE chats (chat_id TEXT PRIMARY KEY, record BLOB NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE drafts (chat_id TEXT PRIMARY KEY, record BLOB NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE entries (
    row INTEGER PRIMARY KEY,
    chat_id TEXT NOT NULL,
    id TEXT NOT NULL,
    pending INTEGER NOT NULL,
    at REAL NOT NULL,
    seq REAL NOT NULL,
    record BLOB NOT NULL,
    seal BLOB NOT NULL,
    UNIQUE (chat_id, id)
  );
  CREATE INDEX entries_in_order ON entries (chat_id, pending, at, seq);
  CREATE VIRTUAL TABLE entry_words USING fts5 (
    chat, words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2"
  );
  CREATE TABLE outbox (
    entry_id TEXT PRIMARY KEY,
    chat_id TEXT NOT NULL,
    seq REAL NOT NULL,
    record BLOB NOT NULL,
    seal BLOB NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX outbox_in_order ON outbox (chat_id, seq);
  CREATE TABLE uploads (
    row INTEGER PRIMARY KEY,
    upload_id TEXT NOT NULL UNIQUE,
    chat_id TEXT NOT NULL,
    record BLOB NOT NULL,
    seal BLOB NOT NULL
  );
  CREATE INDEX uploads_of_chat ON uploads (chat_id);
  `,
]

export const schemaVersion = steps.length

/** Brings the database up to date, one transaction per step. */
export function migrate(sqlite: Sqlite): void {
  for (let version = versionOf(sqlite); version < steps.length; version += 1) {
    sqlite.transact('synced', () => {
      sqlite.exec(steps[version] ?? '')
      sqlite.exec(`PRAGMA user_version = ${version + 1}`)
    })
  }
}

/** 0 for a new database; higher than `schemaVersion` for one written by a later Parley. */
export function versionOf(sqlite: Sqlite): number {
  return Number(sqlite.pragma('user_version'))
}
