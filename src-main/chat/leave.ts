import type { Backoff } from './backoff.ts'
import type { Clock } from './clock.ts'
import { pause } from '../pause.ts'
import { failureOf, willPass } from './trouble.ts'

export interface LeavePorts {
  readonly clock: Clock
  readonly backoff: Backoff
  readonly newId: () => string
  readonly disconnect: (clientToken: string) => Promise<void>
  /** The chat is over, whatever the answers say. */
  readonly isOut: () => boolean
}

const mostTries = 3
/** Somebody is waiting for the dialog. */
const longest = 10_000

/** Leaves the chat, under one client token however often it takes. Rejects while we are surely or possibly still in. */
export async function leave({ clock, backoff, newId, disconnect, isOut }: LeavePorts): Promise<void> {
  const clientToken = newId()
  const startedAt = clock.now()
  for (let attempt = 1; !isOut(); attempt += 1) {
    try {
      await disconnect(clientToken)
      return
    } catch (error) {
      const failure = failureOf(error)
      // Refused by the service: we are out already, maybe by a try whose answer got lost.
      if (isOut() || failure.code === 'denied') return
      const isSpent = attempt >= mostTries || clock.now() - startedAt >= longest
      if (isSpent || !willPass(failure)) throw error
    }
    await pause(clock, backoff(attempt))
  }
}
