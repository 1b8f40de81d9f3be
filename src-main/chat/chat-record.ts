import type { AttachmentFile, Entry } from '#shared/entry.ts'
import { compareEntries } from '#shared/entry.ts'
import type { Link } from '#shared/link.ts'
import type { Chat, Upload } from '#shared/model.ts'
import type { StoredChat } from '../store/conversation-store.ts'
import { ChatKeeper } from './chat-keeper.ts'
import type { ChatPorts, ChatStart } from './chat-ports.ts'
import { countFiles, type FileCounts, isFromCustomer, summarize } from './chat-summary.ts'
import type { Stop } from './clock.ts'
import { ServiceTime } from './service-time.ts'
import { Transcript } from './transcript.ts'
import { defaultUploadLimits } from './upload-rules.ts'

/** What others know about the chat at the moment it is summed up. */
export interface RecordSources {
  link(): Link
  outbox(): Chat['outbox']
  typingUntil(): number | null
  uploads(): readonly Upload[]
  /** All uploads, null when none changed since last asked. */
  takeUploads(): readonly Upload[] | null
  /** Files of the conversation that are new or have a new verdict. */
  filesChanged(files: readonly AttachmentFile[]): void
}

/** The service's machines need not agree to the second. */
const clockJitter = 2000

/** All that is known of one chat, and its way to the disk and to whoever mirrors it. */
export class ChatRecord {
  readonly transcript: Transcript
  readonly time: ServiceTime
  readonly #ports: ChatPorts
  readonly #start: ChatStart
  readonly #sources: RecordSources
  readonly #keeper: ChatKeeper
  readonly #unread: Set<string>
  readonly #settled = new Set<string>()
  #stored: StoredChat
  #files: FileCounts
  #completeUpTo: number | null
  #published = ''
  #kept: StoredChat | null = null
  #stopFlush: Stop | null = null

  constructor(
    ports: ChatPorts,
    start: ChatStart,
    stock: RecordSources & { readonly entries: readonly Entry[] },
  ) {
    this.#ports = ports
    this.#start = start
    this.#sources = stock
    this.#stored = start.chat
    this.#completeUpTo = start.chat.completeUpTo
    this.time = new ServiceTime(ports.clock)
    this.transcript = new Transcript(ports.newId, { entries: stock.entries, ownId: start.participantId })
    this.#files = countFiles(this.transcript.entries)
    const fromCustomer = start.chat.unread > 0 ? this.transcript.entries.filter(isFromCustomer) : []
    this.#unread = new Set(fromCustomer.slice(-start.chat.unread).map(({ id }) => id))
    const { clock, store } = ports
    const trouble = start.owner.storageTrouble.bind(start.owner)
    this.#keeper = new ChatKeeper({ clock, store, trouble }, start.chat.chatId)
  }

  get stored(): StoredChat {
    return this.#stored
  }

  get filesUsed(): number {
    return this.#files.used
  }

  summary(): Chat {
    return summarize({
      stored: { ...this.#stored, completeUpTo: this.#completeUpTo },
      link: this.#sources.link(),
      entries: this.transcript.entries,
      time: this.time,
      unread: this.#unread.size,
      draft: this.#stored.draft,
      typingUntil: this.#sources.typingUntil(),
      outbox: this.#sources.outbox(),
      files: this.#files,
      uploads: this.#sources.uploads(),
      maxFiles: (this.#ports.uploadLimits ?? defaultUploadLimits).maxFiles,
      maxCharacters: this.#start.maxCharacters,
    })
  }

  update(change: Partial<StoredChat>): void {
    this.#stored = { ...this.#stored, ...change }
    this.touch()
  }

  /**
   * A reading found nothing missing up to this service time. It replaces what was claimed before: a clock that went ahead
   * for a while must not leave a claim on the future. Written down with the next real change.
   */
  completeUpTo(at: number): void {
    const known = this.#completeUpTo
    if (known !== null && at <= known && at > known - clockJitter) return
    this.#completeUpTo = at
    this.touch()
  }

  unseen(entries: readonly Entry[]): void {
    for (const { id } of entries) this.#unread.add(id)
    this.touch()
  }

  /** The oldest message that nobody has had on screen. */
  firstUnread(): Entry | null {
    let first: Entry | null = null
    for (const id of this.#unread) {
      const entry = this.transcript.get(id)
      if (entry !== undefined && (first === null || compareEntries(entry, first) < 0)) first = entry
    }
    return first
  }

  seenUpTo(last: Entry): void {
    for (const id of this.#unread) {
      const entry = this.transcript.get(id)
      if (entry === undefined || compareEntries(entry, last) <= 0) this.#unread.delete(id)
    }
    this.touch()
  }

  /** The outbox no longer holds this message; its entry is written together with its departure. */
  settle(entryId: string): void {
    this.#settled.add(entryId)
    this.touch()
  }

  /** Something changed; it is told at the end of this tick, together with whatever else does. */
  touch(): void {
    this.#stopFlush ??= this.#ports.clock.after(0, () => this.flush())
  }

  flush(): void {
    this.#stopFlush?.()
    this.#stopFlush = null
    const change = this.transcript.takeChanges()
    const files = change.upserted.flatMap((entry) => (entry.kind === 'attachment' ? entry.files : []))
    if (files.length > 0) {
      this.#files = countFiles(this.transcript.entries)
      this.#sources.filesChanged(files)
    }
    this.#keep(change)
    const chat = this.summary()
    const published = JSON.stringify(chat)
    const isChatNew = published !== this.#published
    const uploads = this.#sources.takeUploads()
    if (!isChatNew && uploads === null && change.upserted.length + change.removed.length === 0) return
    this.#published = published
    this.#start.owner.changed({ chat: isChatNew ? chat : null, ...change, uploads })
  }

  /** The store has lost what it had of the chat. */
  keepAgain(): void {
    this.#keeper.save({ upserted: this.transcript.entries, removed: [], settled: [], chat: this.#stored })
  }

  /** Resolves when everything so far is on the disk, or cannot be for now. */
  async written(): Promise<void> {
    this.flush()
    await this.#keeper.flush()
  }

  /** Resolves when everything so far is on the disk: false when the chat was closed before. */
  kept(): Promise<boolean> {
    this.flush()
    return this.#keeper.kept()
  }

  /** Writes what can be written. Nothing is told or written afterwards. */
  async close(): Promise<void> {
    this.flush()
    await this.#keeper.close()
    this.#stopFlush?.()
  }

  #keep(change: { readonly upserted: readonly Entry[]; readonly removed: readonly string[] }): void {
    const settled = [...this.#settled]
    this.#settled.clear()
    const isBusy = change.upserted.length + change.removed.length + settled.length > 0
    const unread = this.#unread.size
    if (unread !== this.#stored.unread) this.#stored = { ...this.#stored, unread }
    if (!isBusy && this.#stored === this.#kept) return
    if (this.#completeUpTo !== this.#stored.completeUpTo) {
      this.#stored = { ...this.#stored, completeUpTo: this.#completeUpTo }
    }
    this.#kept = this.#stored
    this.#keeper.save({ ...change, settled, chat: this.#stored })
  }
}
