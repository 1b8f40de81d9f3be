import type { Failure } from '#shared/failure.ts'
import type { OutboxMessage } from '../store/conversation-store.ts'

/** One message of the outbox and what is known of its fate. */
export interface Parcel {
  readonly message: OutboxMessage
  isFailed: boolean
  /** The service may have it without our knowing. */
  isInDoubt: boolean
  /** The transcript is being read, and the reading began after the last try ended. */
  isBeingProven: boolean
  /** The last try was refused for good; still to be told while an earlier one is in doubt. */
  verdict: Failure | null
  firstTriedAt: number | null
  /** An echo with an earlier service time is of another message with the same words. */
  floor: number
}

/** How long the service is trusted to know a client token. Older tries are looked up before the next one. */
const tokenTrustedFor = 60_000

/** The service's machines need not agree on the time to the millisecond. */
export const clockSlack = 1000

export function newParcel(message: OutboxMessage, floor: number): Parcel {
  return {
    message,
    isFailed: false,
    isInDoubt: false,
    isBeingProven: false,
    verdict: null,
    firstTriedAt: null,
    floor,
  }
}

/** After a crash nobody knows whether a queued message had left, so each counts as tried when it was typed. */
export function restoredParcel(message: OutboxMessage, floor: number): Parcel {
  const { state } = message
  const isFailed = state.state === 'failed'
  const firstTriedAt = state.state === 'sending' ? state.firstTriedAt : message.queuedAt
  return { ...newParcel(message, floor), isFailed, isInDoubt: !isFailed, firstTriedAt }
}

/**
 * Long enough ago that the service may have forgotten the client token, by either clock: ours may be set back while
 * the computer sleeps, and the service's is heard of only now and then.
 */
export function isOld({ firstTriedAt, floor }: Parcel, time: { now: number; service: number }): boolean {
  const age = time.now - (firstTriedAt ?? time.now)
  return age > tokenTrustedFor || age < 0 || time.service - floor > tokenTrustedFor
}

/** Why a message will not go out any more; in doubt, nothing is claimed that is not known. */
export function chatEnded(mayHaveLeft: boolean): Failure {
  const when = mayHaveLeft ? 'before the service confirmed this message' : 'before this message was sent'
  return { code: 'chat-ended', message: `The chat ended ${when}.` }
}
