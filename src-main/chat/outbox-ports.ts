import type { Failure } from '#shared/failure.ts'
import type { Accepted, Call } from '../participant/participant-api.ts'
import type { ConversationStore, OutboxMessage } from '../store/conversation-store.ts'
import type { Backoff } from './backoff.ts'
import type { Clock } from './clock.ts'
import type { Note } from './note.ts'
import type { Found } from './own-message.ts'

export interface OutboxPorts {
  readonly clock: Clock
  readonly backoff: Backoff
  readonly store: Pick<ConversationStore, 'enqueue' | 'saveOutboxState'>
  readonly send: (message: OutboxMessage, call: Required<Call>) => Promise<Accepted>
  /** The service's time at the newest thing known before this message was typed: it cannot be older. */
  readonly floor: (seq: number) => number
  readonly latestServiceTime: () => number
  /** The message as the service has it, if the conversation shows it. */
  readonly findSent: (message: OutboxMessage, floor: number) => Found
  /** Another form of a message that was surely refused, with a token of its own; null when it stays refused. */
  readonly instead: (message: OutboxMessage, refusal: Failure) => OutboxMessage | null
  readonly note: Note
}

export interface OutboxEvents {
  queued(message: OutboxMessage): void
  /** The message goes out in another form. */
  replaced(message: OutboxMessage): void
  leaving(message: OutboxMessage): void
  /** The service has failed more than once in a row, and it will be tried again. */
  delayed(message: OutboxMessage, trouble: Failure): void
  accepted(message: OutboxMessage, accepted: Accepted): void
  failed(message: OutboxMessage, failure: Failure): void
  /** Nothing more can be sent before the transcript has been read up to now. */
  proofNeeded(): void
}
