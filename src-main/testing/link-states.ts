import type { Backoff } from '../chat/backoff.ts'
import type { LinkEvent, LinkState } from '../chat/link.ts'
import { initialLink, step } from '../chat/link.ts'

const cut = { code: 'unreachable', message: 'cut' } as const
const no = { code: 'denied', message: 'no', status: 403 } as const
const linear = (attempt: number) => attempt * 100
export const at = (now: number): { now: number; backoff: Backoff } => ({ now, backoff: linear })

/** The state after these events, a second apart. */
export function after(...events: readonly LinkEvent[]): LinkState {
  return events.reduce((state, event, index) => step(state, event, at(index * 1000)).next, initialLink(0))
}

export const up: LinkEvent = { kind: 'up' }
export const caughtUp: LinkEvent = { kind: 'caught-up' }
export const down: LinkEvent = { kind: 'down', failure: cut }
export const refused: LinkEvent = { kind: 'refused', failure: no }
export const live = (): LinkState => after({ kind: 'start' }, up, caughtUp)
