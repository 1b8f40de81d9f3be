import { DeskError } from '#shared/failure.ts'
import type { Clock } from '../chat/clock.ts'
import type { Note } from '../chat/note.ts'
import type { Around } from './around-calls.ts'

/**
 * One line for every call: operation, the HTTP status (null without an answer), milliseconds, and what went wrong as a
 * code. Never content, tokens or names.
 */
export function loggedCalls(clock: Clock, note: Note): Around {
  return async ({ name }, run) => {
    const startedAt = clock.now()
    const write = (status: number | null, failure: string | null): void =>
      note('call', {
        operation: name,
        status,
        ms: clock.now() - startedAt,
        ...(failure !== null && { failure }),
      })
    try {
      const answer = await run()
      write(200, null)
      return answer
    } catch (error) {
      const { status, code } =
        error instanceof DeskError ? error.failure : { status: undefined, code: 'internal' }
      write(status ?? null, code)
      throw error
    }
  }
}
