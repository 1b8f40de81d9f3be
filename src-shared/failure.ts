/** Everything that can go wrong in a way an agent must hear about. Closed: a new code is a new promise. */
export const failureCodes = [
  'bad-input',
  'not-found',
  'untrusted-sender',
  'internal',
  'malformed-token',
  'rejected-token',
  'bad-region',
  'bad-endpoint',
  'unreachable',
  'timed-out',
  'throttled',
  'service-unavailable',
  'gateway',
  'refused',
  'denied',
  'conflict',
  'quota',
  'chat-ended',
  'too-many-chats',
  'too-long',
  'too-large',
  'wrong-type',
  'empty-file',
  'bad-name',
  'too-many-files',
  'file-unreadable',
  'storage-refused',
  'rejected-by-scan',
  'disk-full',
  'read-only',
  'not-saved',
  'cancelled',
] as const

export type FailureCode = (typeof failureCodes)[number]

/**
 * `message` is a plain statement for the agent: what happened and what to do. `status` is the HTTP status the service
 * itself gave; `gateway` says who answered in its place, as `403, Squid`.
 */
export interface Failure {
  readonly code: FailureCode
  readonly message: string
  readonly status?: number | undefined
  readonly gateway?: string | undefined
}

export type Reply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

/** Expected trouble on its way to a person. Carries a `Failure`; anything else that is thrown is a bug. */
export class DeskError extends Error {
  readonly failure: Failure

  /** `answer` is the service's HTTP status, or who answered in its place. */
  constructor(code: FailureCode, message: string, answer?: number | { readonly gateway: string }) {
    super(message)
    this.name = 'DeskError'
    if (answer === undefined) this.failure = { code, message }
    else if (typeof answer === 'number') this.failure = { code, message, status: answer }
    else this.failure = { code, message, gateway: answer.gateway }
  }
}

/** Ends a switch over a union; the compiler refuses a forgotten case. */
export function unreachable(value: never): never {
  throw new Error(`Unexpected case: ${JSON.stringify(value)}`)
}
