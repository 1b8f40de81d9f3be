import type { Entry } from '#shared/entry.ts'
import type { ChatId } from '#shared/model.ts'
import type {
  EntryChange,
  JournaledUpload,
  OutboxMessage,
  OutboxState,
  StoredChat,
} from './conversation-store.ts'
import { EntryTable } from './entry-table.ts'
import { RecordSeal } from './record-seal.ts'
import { RecordTable } from './record-table.ts'
import { ChatRecord, DraftRecord, OutboxRecord, UploadRecord } from './records.ts'
import type { Durability } from './durability.ts'
import type { Place, Sqlite } from './sqlite.ts'

/** All operations of the store, synchronous and inside the transaction of whoever calls. */
export class Database {
  readonly #sqlite: Sqlite
  readonly #chats: RecordTable<ChatRecord>
  readonly #drafts: RecordTable<DraftRecord>
  readonly #outbox: RecordTable<OutboxMessage>
  readonly #uploads: RecordTable<JournaledUpload>
  readonly #entries: EntryTable

  /** `sqlite` has been migrated. */
  constructor(sqlite: Sqlite, key: Place['key']) {
    const seal = new RecordSeal(key)
    this.#sqlite = sqlite
    this.#entries = new EntryTable(sqlite, seal)
    this.#chats = new RecordTable(sqlite, seal, {
      table: 'chats',
      key: 'chat_id',
      schema: ChatRecord,
      keyOf: (chat) => chat.chatId,
      columns: {},
    })
    this.#drafts = new RecordTable(sqlite, seal, {
      table: 'drafts',
      key: 'chat_id',
      schema: DraftRecord,
      keyOf: (draft) => draft.chatId,
      columns: {},
    })
    this.#outbox = new RecordTable(sqlite, seal, {
      table: 'outbox',
      key: 'entry_id',
      schema: OutboxRecord,
      keyOf: (message) => message.entryId,
      columns: { chat_id: (message) => message.chatId, seq: (message) => message.seq },
    })
    this.#uploads = new RecordTable(sqlite, seal, {
      table: 'uploads',
      key: 'upload_id',
      schema: UploadRecord,
      keyOf: (upload) => upload.uploadId,
      columns: { chat_id: (upload) => upload.chatId },
    })
  }

  transact<T>(durability: Durability, work: () => T): T {
    return this.#sqlite.transact(durability, work)
  }

  /** Something was written that a power cut would take. */
  get isUnsynced(): boolean {
    return this.#sqlite.isUnsynced
  }

  /** What was written survives a power cut from now on. */
  sync(): void {
    this.#sqlite.sync()
  }

  /** How many changes were promised to last. Inside the file, so that it is as old as all else in it. */
  get promises(): number {
    return Number(this.#sqlite.pragma('application_id'))
  }

  /** Inside the transaction that promises another. */
  countPromise(): void {
    this.#sqlite.exec(`PRAGMA application_id = ${this.promises + 1}`)
  }

  knowsChat(chatId: ChatId): boolean {
    return this.#chats.get(chatId) !== null
  }

  saveChat(chat: StoredChat): void {
    const { draft: _draft, ...record } = chat
    this.#chats.put(record)
  }

  loadChats(): readonly StoredChat[] {
    return this.#chats
      .all()
      .map((chat) => ({ ...chat, draft: this.#drafts.get(chat.chatId)?.text ?? '' }))
      .sort((a, b) => a.startedAt - b.startedAt)
  }

  /** All that a person made or would miss, whatever chat it belongs to. */
  everything(): {
    readonly chats: readonly ChatRecord[]
    readonly drafts: readonly DraftRecord[]
    readonly outbox: readonly OutboxMessage[]
    readonly uploads: readonly JournaledUpload[]
  } {
    return {
      chats: this.#chats.all(),
      drafts: this.#drafts.all(),
      outbox: this.#outbox.all(),
      uploads: this.#uploads.all(),
    }
  }

  removeChat(chatId: ChatId): void {
    this.#entries.removeAll(chatId)
    for (const table of [this.#chats, this.#drafts, this.#outbox, this.#uploads]) table.removeOfChat(chatId)
  }

  saveEntries(chatId: ChatId, change: EntryChange): void {
    this.#entries.apply(chatId, change)
  }

  loadEntries(chatId: ChatId): readonly Entry[] {
    return this.#entries.load(chatId)
  }

  enqueue(message: OutboxMessage, draft?: string): void {
    this.#outbox.put(message)
    if (draft !== undefined) this.saveDraft(message.chatId, draft)
  }

  saveOutboxState(entryId: string, state: OutboxState): void {
    const message = this.#outbox.get(entryId)
    // Settled meanwhile: its state no longer matters.
    if (message !== null) this.#outbox.put({ ...message, state })
  }

  settle(chatId: ChatId, entryId: string, change: EntryChange): void {
    this.#outbox.remove(entryId)
    this.#entries.apply(chatId, change)
  }

  loadOutbox(chatId: ChatId): readonly OutboxMessage[] {
    return this.#outbox.ofChat(chatId, 'seq')
  }

  saveDraft(chatId: ChatId, text: string): void {
    if (text === '') this.#drafts.remove(chatId)
    else this.#drafts.put({ chatId, text })
  }

  saveUpload(upload: JournaledUpload): void {
    this.#uploads.put(upload)
  }

  removeUpload(uploadId: string): void {
    this.#uploads.remove(uploadId)
  }

  loadUploads(chatId: ChatId): readonly JournaledUpload[] {
    return this.#uploads.ofChat(chatId, 'row')
  }

  find(chatId: ChatId, text: string, limit: number): readonly string[] {
    return this.#entries.find(chatId, text, limit)
  }

  close(): void {
    this.#sqlite.close()
  }
}
