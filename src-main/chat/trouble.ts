import type { Failure } from '#shared/failure.ts'
import { DeskError } from '#shared/failure.ts'

/** A thrown error as a failure. What is not a `DeskError` is a bug and is told as one. */
export function failureOf(error: unknown): Failure {
  return error instanceof DeskError
    ? error.failure
    : { code: 'internal', message: 'Something unexpected happened. Try again.' }
}

const passing = new Set<Failure['code']>([
  'unreachable',
  'timed-out',
  'throttled',
  'service-unavailable',
  'gateway',
  'cancelled',
])

/** Waiting may help: the network or the service is in trouble, not the call. */
export function willPass(failure: Failure): boolean {
  return passing.has(failure.code)
}

/** Of a call that failed: the service may have done what was asked all the same. A throttled one it never looked at. */
export function mayHaveWorked(failure: Failure): boolean {
  return failure.code !== 'throttled'
}
