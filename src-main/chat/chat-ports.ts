import type { Entry } from '#shared/entry.ts'
import type { Failure } from '#shared/failure.ts'
import type { Chat, Upload } from '#shared/model.ts'
import type { OpenLine } from '../participant/participant-line.ts'
import type { ConversationStore, StoredChat } from '../store/conversation-store.ts'
import type { BackoffShape } from './backoff.ts'
import type { Clock, Random } from './clock.ts'
import type { LocalFiles } from './local-files.ts'
import type { Note } from './note.ts'
import type { UploadLimits } from './upload-rules.ts'

/** The world of one chat. */
export interface ChatPorts {
  readonly clock: Clock
  readonly random: Random
  readonly store: ConversationStore
  /** Unique, at most 40 characters. */
  readonly newId: () => string
  readonly openLine: OpenLine
  readonly files: LocalFiles
  readonly uploadLimits?: UploadLimits
  readonly note: Note
  readonly backoff?: BackoffShape
}

export interface ChatStart {
  readonly chat: StoredChat
  /** Null when only the service knows; it is then learned as `OwnVoice` says. */
  readonly participantId: string | null
  /** Characters in one text message; the service's refusals can only lower what it really takes. */
  readonly maxCharacters: number
  readonly owner: ChatOwner
}

export interface ChatOwner {
  /** At most once per tick. Everything that changed together, together. */
  changed(change: SessionChange): void
  /** The chat is over and read to its end: whoever keeps its tokens can forget them. */
  finished(): void
  /** The disk refuses what has to be kept, or takes it again (null). The chat goes on from memory. */
  storageTrouble(failure: Failure | null): void
}

export interface SessionChange {
  /** Null when nothing in the summary changed. */
  readonly chat: Chat | null
  readonly upserted: readonly Entry[]
  readonly removed: readonly string[]
  /** All of the chat's uploads, null when none changed. */
  readonly uploads: readonly Upload[] | null
}
