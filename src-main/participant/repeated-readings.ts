import type { Backoff } from '../chat/backoff.ts'
import type { Clock } from '../chat/clock.ts'
import { pause } from '../pause.ts'
import type { Around } from './around-calls.ts'
import { ServiceError } from './service-error.ts'

export interface RepetitionPorts {
  readonly clock: Clock
  readonly backoff: Backoff
  /** Tries of one reading, the first included. */
  readonly attempts: number
}

const passing: ReadonlySet<string> = new Set([
  'unreachable',
  'timed-out',
  'throttled',
  'service-unavailable',
  'gateway',
])

/**
 * Asks again where waiting may help. Only readings: whatever changes something is repeated by the chat, which knows
 * what became of it.
 */
export function repeatedReadings({ clock, backoff, attempts }: RepetitionPorts): Around {
  return async ({ isReading, signal }, run) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await run()
      } catch (error) {
        const isSpent = !isReading || attempt >= attempts || signal?.aborted === true
        if (isSpent || !(error instanceof ServiceError) || !passing.has(error.failure.code)) throw error
        await pause(clock, backoff(attempt), signal)
      }
    }
  }
}
