import { unreachable } from './failure.ts'
import type { Link } from './link.ts'

/** A connection that is not there after this long is no blink: what the customer says meanwhile goes unheard. */
const deafAfter = 5_000

/** From when on nobody would hear the customer, however busily it is being mended. `Infinity` while all is well. */
export function deafAt(link: Link): number {
  switch (link.phase) {
    case 'waiting':
    case 'offline':
      return link.since
    case 'connecting':
    case 'catching-up':
      return link.since + deafAfter
    case 'live':
    case 'polling':
    case 'ended':
      return Infinity
    default:
      return unreachable(link)
  }
}

export function isDeaf(link: Link, now: number): boolean {
  // No clock is asked where there is no doubt: it may have been set back.
  return link.phase === 'waiting' || link.phase === 'offline' || now >= deafAt(link)
}
