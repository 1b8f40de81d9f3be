import type { Random } from './clock.ts'

/** Milliseconds to wait before try number `attempt`, counted from one. */
export type Backoff = (attempt: number) => number

export interface BackoffShape {
  readonly base: number
  readonly cap: number
}

export const defaultBackoff: BackoffShape = { base: 200, cap: 4000 }

/** The base, doubled so many times, and never more than the cap. */
export function doubled({ base, cap }: BackoffShape, times: number): number {
  return Math.min(cap, base * 2 ** Math.min(times, 30))
}

/** Doubles from the base to the cap; the upper half of each delay is chance, so that many chats do not march in step. */
export function createBackoff(random: Random, shape: BackoffShape = defaultBackoff): Backoff {
  return (attempt) => {
    // Read anew for each wait: settings may change while a chat goes on.
    const { base, cap } = shape
    const full = doubled({ base, cap }, attempt - 1)
    return Math.round(full / 2 + (full / 2) * random())
  }
}
