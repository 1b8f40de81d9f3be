import type { Failure } from '#shared/failure.ts'
import type { OutboxMessage } from '../store/conversation-store.ts'

/** One message of the outbox and what is known of its fate. */
export interface Parcel {
  /** As it stands in the store. */
  message: OutboxMessage
  isFailed: boolean
  /** The service may have it without our knowing. It does not leave again before a reading says otherwise. */
  isInDoubt: boolean
  /** The transcript is being read, and the reading began after the last try ended. */
  isBeingProven: boolean
  /** When the newest end was asked for by the last reading that did not find it. Null: no try was ever in doubt. */
  missingAt: Moment | null
  /** The last try was refused for good; to be told once it is sure that no earlier one arrived late. */
  verdict: Failure | null
  /** An echo with an earlier service time is of another message with the same words. */
  floor: number
}

export interface Moment {
  /** By the service's clock, as far as it was known. */
  readonly service: number
  readonly uptime: number
}

/** The service's machines need not agree on the time to the millisecond. */
export const clockSlack = 1000

export function newParcel(message: OutboxMessage, floor: number): Parcel {
  return {
    message,
    isFailed: false,
    isInDoubt: false,
    isBeingProven: false,
    missingAt: null,
    verdict: null,
    floor,
  }
}

/** After a crash nobody knows whether a queued message had left. */
export function restoredParcel(message: OutboxMessage, floor: number): Parcel {
  const isFailed = message.state.state === 'failed'
  return { ...newParcel(message, floor), isFailed, isInDoubt: !isFailed }
}

/** Why a message will not go out any more; in doubt, nothing is claimed that is not known. */
export function chatEnded(mayHaveLeft: boolean): Failure {
  const when = mayHaveLeft ? 'before the service confirmed this message' : 'before this message was sent'
  return { code: 'chat-ended', message: `The chat ended ${when}.` }
}

/** Sending it again could say it twice. */
export const undecidable: Failure = {
  code: 'conflict',
  message:
    'The service shows other words of yours from this time. Look whether they are this message before you send it again.',
}
