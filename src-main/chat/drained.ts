import { pause } from '../pause.ts'
import type { Clock } from './clock.ts'

const longest = 10_000
const look = 100

/** Waits some seconds for everything that is leaving to be gone. False when it is not. */
export async function drained(clock: Clock, isEmpty: () => boolean): Promise<boolean> {
  for (let waited = 0; !isEmpty() && waited < longest; waited += look) await pause(clock, look)
  return isEmpty()
}
