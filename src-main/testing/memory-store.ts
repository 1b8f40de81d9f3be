import type { Entry } from '#shared/entry.ts'
import { compareEntries } from '#shared/entry.ts'
import type { DeskError } from '#shared/failure.ts'
import type { ChatId } from '#shared/model.ts'
import type {
  ConversationStore,
  EntryChange,
  JournaledUpload,
  OutboxMessage,
  OutboxState,
  StoredChat,
} from '../store/conversation-store.ts'
import { durabilityOf } from '../store/durability.ts'
import type { StoreCall } from '../store/store-calls.ts'

interface Disk {
  readonly chats: Map<ChatId, StoredChat>
  readonly entries: Map<ChatId, Map<string, Entry>>
  readonly outbox: Map<string, OutboxMessage>
  readonly uploads: Map<string, JournaledUpload>
  readonly drafts: Map<ChatId, string>
}

type Write = (disk: Disk) => void

/**
 * A store in memory that crashes like one on a disk: what was written but not synced may be lost, the latest first.
 * Every promise resolves in order, after a turn of the loop.
 */
export class MemoryStore implements ConversationStore {
  #synced: Disk = emptyDisk()
  #current: Disk = emptyDisk()
  #unsynced: Write[] = []
  #failure: DeskError | null = null
  /** Which calls promise a sync. A test of the tests can break the promise. */
  readonly #syncs: boolean

  constructor({ syncs = true }: { syncs?: boolean } = {}) {
    this.#syncs = syncs
  }

  /** From now on nothing can be written; null mends the disk. */
  break(failure: DeskError | null): void {
    this.#failure = failure
  }

  /** Loses all unsynced writes but the first `kept`. The store goes on as after a restart. */
  crash(kept: number): void {
    for (const write of this.#unsynced.slice(0, kept)) write(this.#synced)
    this.#unsynced = []
    this.#current = copyDisk(this.#synced)
  }

  /** The database is damaged and another one is begun. */
  lose(): void {
    this.#unsynced = []
    this.#synced = emptyDisk()
    this.#current = emptyDisk()
  }

  /** Whether an outbox message would survive the power going off now. */
  isSafe(entryId: string): boolean {
    return this.#synced.outbox.has(entryId)
  }

  get unsynced(): number {
    return this.#unsynced.length
  }

  saveChat(chat: StoredChat): Promise<void> {
    return this.#write({ method: 'saveChat', args: [chat] }, (disk) => disk.chats.set(chat.chatId, chat))
  }

  loadChats(): Promise<readonly StoredChat[]> {
    const { chats, drafts } = this.#current
    return Promise.resolve(
      [...chats.values()].map((chat) => ({ ...chat, draft: drafts.get(chat.chatId) ?? '' })),
    )
  }

  removeChat(chatId: ChatId): Promise<void> {
    return this.#write({ method: 'removeChat', args: [chatId] }, (disk) => {
      disk.chats.delete(chatId)
      disk.entries.delete(chatId)
      disk.drafts.delete(chatId)
      for (const [id, message] of disk.outbox) if (message.chatId === chatId) disk.outbox.delete(id)
      for (const [id, upload] of disk.uploads) if (upload.chatId === chatId) disk.uploads.delete(id)
    })
  }

  saveEntries(chatId: ChatId, change: EntryChange): Promise<void> {
    return this.#write({ method: 'saveEntries', args: [chatId, change] }, (disk) =>
      applyChange(disk, chatId, change),
    )
  }

  loadEntries(chatId: ChatId): Promise<readonly Entry[]> {
    return Promise.resolve([...(this.#current.entries.get(chatId)?.values() ?? [])].sort(compareEntries))
  }

  enqueue(message: OutboxMessage, draft?: string): Promise<void> {
    return this.#write({ method: 'enqueue', args: [message, draft] }, (disk) => {
      disk.outbox.set(message.entryId, message)
      if (draft !== undefined) disk.drafts.set(message.chatId, draft)
    })
  }

  saveOutboxState(entryId: string, state: OutboxState): Promise<void> {
    return this.#write({ method: 'saveOutboxState', args: [entryId, state] }, (disk) => {
      const message = disk.outbox.get(entryId)
      if (message !== undefined) disk.outbox.set(entryId, { ...message, state })
    })
  }

  settle(chatId: ChatId, entryId: string, change: EntryChange): Promise<void> {
    return this.#write({ method: 'settle', args: [chatId, entryId, change] }, (disk) => {
      disk.outbox.delete(entryId)
      applyChange(disk, chatId, change)
    })
  }

  loadOutbox(chatId: ChatId): Promise<readonly OutboxMessage[]> {
    const messages = [...this.#current.outbox.values()].filter((message) => message.chatId === chatId)
    return Promise.resolve(messages.sort((a, b) => a.seq - b.seq))
  }

  saveDraft(chatId: ChatId, text: string): Promise<void> {
    return this.#write({ method: 'saveDraft', args: [chatId, text] }, (disk) => disk.drafts.set(chatId, text))
  }

  saveUpload(upload: JournaledUpload): Promise<void> {
    return this.#write({ method: 'saveUpload', args: [upload] }, (disk) =>
      disk.uploads.set(upload.uploadId, upload),
    )
  }

  removeUpload(uploadId: string): Promise<void> {
    return this.#write({ method: 'removeUpload', args: [uploadId] }, (disk) => disk.uploads.delete(uploadId))
  }

  loadUploads(chatId: ChatId): Promise<readonly JournaledUpload[]> {
    return Promise.resolve([...this.#current.uploads.values()].filter((upload) => upload.chatId === chatId))
  }

  find(chatId: ChatId, text: string, limit: number): Promise<readonly string[]> {
    const words = text.toLowerCase().split(/\s+/)
    const found = [...(this.#current.entries.get(chatId)?.values() ?? [])].filter((entry) => {
      const said = JSON.stringify(entry).toLowerCase()
      return words.every((word) => said.includes(word))
    })
    return Promise.resolve(
      found
        .sort(compareEntries)
        .reverse()
        .slice(0, limit)
        .map(({ id }) => id),
    )
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  /** As the real store: one sync keeps all that was written before it. */
  async #write(call: StoreCall, write: Write): Promise<void> {
    if (this.#failure !== null) throw this.#failure
    const durability = durabilityOf(call, (chatId) => this.#current.chats.has(chatId))
    write(this.#current)
    this.#unsynced.push(write)
    if (durability === 'written' || !this.#syncs) return
    await Promise.resolve()
    for (const waiting of this.#unsynced) waiting(this.#synced)
    this.#unsynced = []
  }
}

function applyChange(disk: Disk, chatId: ChatId, { upserted, removed }: EntryChange): void {
  const entries = disk.entries.get(chatId) ?? new Map<string, Entry>()
  disk.entries.set(chatId, entries)
  for (const id of removed) entries.delete(id)
  for (const entry of upserted) entries.set(entry.id, entry)
}

function emptyDisk(): Disk {
  return { chats: new Map(), entries: new Map(), outbox: new Map(), uploads: new Map(), drafts: new Map() }
}

function copyDisk(disk: Disk): Disk {
  return {
    chats: new Map(disk.chats),
    entries: new Map([...disk.entries].map(([id, entries]) => [id, new Map(entries)])),
    outbox: new Map(disk.outbox),
    uploads: new Map(disk.uploads),
    drafts: new Map(disk.drafts),
  }
}
