import type { Entry } from '#shared/entry.ts'
import type { FailureCode } from '#shared/failure.ts'
import type { ChatId } from '#shared/model.ts'

/**
 * What survives a crash. Every method resolves when the promise it makes holds. What is shown as kept has been synced
 * by then and survives a power cut: outbox, drafts, the upload journal, the first word of a chat, its end and its
 * removal. The rest, which the service has as well, is written, and synced within a second. Rejects with `DeskError`
 * 'disk-full', 'read-only' or 'not-saved'; nothing is half done then. In memory-only mode the same store works on a
 * database in memory.
 */
export interface ConversationStore {
  saveChat(chat: StoredChat): Promise<void>
  loadChats(): Promise<readonly StoredChat[]>
  /** Forgets the chat with its entries, outbox, drafts and journal. */
  removeChat(chatId: ChatId): Promise<void>

  saveEntries(chatId: ChatId, change: EntryChange): Promise<void>
  /** All entries of the chat in conversation order. */
  loadEntries(chatId: ChatId): Promise<readonly Entry[]>

  /** `draft` is what is still typed: the text is in the outbox or in the draft, never in both or none. */
  enqueue(message: OutboxMessage, draft?: string): Promise<void>
  saveOutboxState(entryId: string, state: OutboxState): Promise<void>
  /** The service has the message, or the agent discarded it. Also stores its entry when given, in one transaction. */
  settle(chatId: ChatId, entryId: string, change: EntryChange): Promise<void>
  loadOutbox(chatId: ChatId): Promise<readonly OutboxMessage[]>

  saveDraft(chatId: ChatId, text: string): Promise<void>

  saveUpload(upload: JournaledUpload): Promise<void>
  removeUpload(uploadId: string): Promise<void>
  loadUploads(chatId: ChatId): Promise<readonly JournaledUpload[]>

  /** Ids of the entries that hold every word, newest first. Words match by prefix, without case or accents. */
  find(chatId: ChatId, text: string, limit: number): Promise<readonly string[]>
  close(): Promise<void>
}

export interface EntryChange {
  readonly upserted: readonly Entry[]
  readonly removed: readonly string[]
}

export interface StoredChat {
  readonly chatId: ChatId
  readonly contactId: string | null
  readonly customer: string
  /** What the agent calls the chat; empty where they gave no label. */
  readonly label: string
  readonly hue: number
  readonly instanceId: string
  /** How to reach that instance when nothing else on this computer says so any more. Null in older records. */
  readonly instance: StoredInstance | null
  readonly queue: string | null
  readonly attributes: readonly { readonly name: string; readonly value: string }[]
  readonly startedAt: number
  readonly firstReplyAt: number | null
  readonly endedAt: number | null
  readonly endReason: string | null
  readonly completeUpTo: number | null
  /** The id to page forward from; null before the first complete read. */
  readonly lastServiceId: string | null
  readonly unread: number
  /** Read on load; written by `saveDraft`. */
  readonly draft: string
}

export interface StoredInstance {
  readonly label: string
  readonly tag: string
  readonly region: string
  readonly endpoint: string | null
}

export type OutboxState =
  | { readonly state: 'queued' }
  | { readonly state: 'sending' }
  | { readonly state: 'failed'; readonly code: string; readonly reason: string }

export interface OutboxMessage {
  readonly chatId: ChatId
  readonly entryId: string
  readonly clientToken: string
  readonly contentType: string
  readonly content: string
  readonly queuedAt: number
  readonly seq: number
  readonly state: OutboxState
}

/** How far an upload got. A 'completing' one is completed again with the same token, which the service ignores. */
export interface JournaledUpload {
  readonly uploadId: string
  readonly chatId: ChatId
  readonly path: string
  readonly name: string
  readonly contentType: string
  readonly bytes: number
  readonly modifiedAt: number
  /** Which file it is, beyond its path. */
  readonly identity?: string | undefined
  readonly phase: 'staged' | 'waiting' | 'sending' | 'completing' | 'failed'
  /** Of one that failed: why, for a person, and whether it may be tried again. */
  readonly failure?:
    { readonly code: FailureCode; readonly reason: string; readonly canRetry: boolean } | undefined
  readonly attachmentId: string | null
  readonly clientToken: string
}
