import type { Failure } from '#shared/failure.ts'
import { unreachable } from '#shared/failure.ts'
import type { Link } from '#shared/link.ts'
import { EndReason } from '#shared/link.ts'
import type { LostSocket } from '../participant/participant-line.ts'
import type { Backoff } from './backoff.ts'

/** The connection of one chat and what has to be remembered to decide about it. */
export interface LinkState {
  readonly link: Link
  /** Dials since the connection last held for a while. */
  readonly attempt: number
  /** Times in a row the participant token itself was refused. One may be an accident. */
  readonly refusals: number
  /** Another chat of the instance got through, and this one tried early because of it. Once until it has held. */
  readonly wasWoken: boolean
  /** When the connection was lost, so that an outage has one beginning. */
  readonly downSince: number | null
  /** When the dial under way began. */
  readonly dialledAt: number
  /** The chat said we are no longer part of it. The next refusal will be for that reason. */
  readonly suspicion: EndReason | null
  /** The computer says it has no network. It is a hint: loopback and some tunnels work without one. */
  readonly isOffline: boolean
  /** There has been no socket for so long that waiting for one is no answer. */
  readonly isBlocked: boolean
  /** Without a socket, the newest end of the conversation was read a moment ago. */
  readonly isRead: boolean
  /** Where the last socket was to be. */
  readonly host: string | null
  /** The last that is known of calls: they get through. */
  readonly hasCalls: boolean
}

export type LinkEvent =
  | { readonly kind: 'start' }
  /** The participant token was taken: whatever refused it before was an accident. */
  | { readonly kind: 'admitted' }
  /** There is a fresh connection token, and no socket yet. */
  | { readonly kind: 'callable' }
  /** A socket is subscribed, the first or a replacement. */
  | { readonly kind: 'up' }
  /** The newest end of the conversation was read. */
  | { readonly kind: 'caught-up' }
  /** No socket came up in the time that is given to one. */
  | { readonly kind: 'blocked' }
  /** Without a socket, nothing has been read for a while either. */
  | { readonly kind: 'unread' }
  /** The connection has held for as long as counts as stable. */
  | { readonly kind: 'steady' }
  | { readonly kind: 'down'; readonly failure: Failure; readonly socket?: LostSocket | undefined }
  | { readonly kind: 'refused'; readonly failure: Failure }
  | { readonly kind: 'retry-due' }
  | { readonly kind: 'try-now' }
  /** Another chat of the instance has got through. */
  | { readonly kind: 'reachable' }
  /** The computer slept: whatever was connected is not to be believed. */
  | { readonly kind: 'resumed' }
  /** Something said that this chat is over for us. Only the service's refusal makes it so. */
  | { readonly kind: 'doubted'; readonly reason: EndReason }
  | { readonly kind: 'network'; readonly isOnline: boolean }
  | { readonly kind: 'ended'; readonly reason: EndReason }

export type LinkEffect =
  | { readonly do: 'dial' }
  | { readonly do: 'hang-up' }
  | { readonly do: 'wait'; readonly delay: number }
  | { readonly do: 'catch-up' }
  /** Nothing under way can be trusted to arrive any more. */
  | { readonly do: 'cut-calls' }
  /** From now on counts how long no socket is up. */
  | { readonly do: 'time-socket' }
  /** From now on counts how old the last reading is. */
  | { readonly do: 'time-reading' }
  /** Asks the socket for a sign of life within this time. */
  | { readonly do: 'probe'; readonly within: number }
  | { readonly do: 'time-stability' }
  | { readonly do: 'finish' }

export interface LinkStep {
  readonly next: LinkState
  readonly effects: readonly LinkEffect[]
}

/** A connection that held this long was no fluke: the next outage starts with quick tries again. */
export const stableAfter = 30_000
const refusedAgainIn = 500
const mostRefusals = 2
/** After sleep or with a new network an old socket is most likely dead, and the next dial is not to wait for it. */
const probeAfterReturn = 1000
const probeAfterLoss = 3000
const freshDial = 3000
/** Calls go on without a socket; this is how long one is hoped for before the agent is told. */
export const socketPatience = 10_000
/** A reading older than this vouches for nothing, at the pace at which a chat without a socket is read. */
export const readingPatience = 20_000
const blockedRetry = 15_000

export function initialLink(now: number): LinkState {
  return {
    link: { phase: 'connecting', since: now },
    attempt: 0,
    refusals: 0,
    wasWoken: false,
    downSince: null,
    dialledAt: now,
    suspicion: null,
    isOffline: false,
    isBlocked: false,
    isRead: false,
    host: null,
    hasCalls: false,
  }
}

/** The connection of a stored chat: an ended one stays ended. */
export function restoredLink(
  stored: { endedAt: number | null; endReason: string | null },
  now: number,
): LinkState {
  const fresh = initialLink(now)
  if (stored.endedAt === null) return fresh
  const reason = EndReason.safeParse(stored.endReason).data ?? 'completed'
  return { ...fresh, link: { phase: 'ended', at: stored.endedAt, reason } }
}

/** What the connection does next. Only an ended chat or a twice refused token ends it; the network never does. */
export function step(state: LinkState, event: LinkEvent, world: { now: number; backoff: Backoff }): LinkStep {
  const { next, effects } = decide(state, event, world)
  return { next: withCalls(next), effects }
}

/** While there is no socket, whether calls get through is all that can be said. */
function withCalls(state: LinkState): LinkState {
  const { link } = state
  if (link.phase !== 'waiting' && link.phase !== 'connecting') return state
  if ((link.hasCalls === true) === state.hasCalls) return state
  return { ...state, link: { ...link, hasCalls: state.hasCalls ? true : undefined } }
}

function decide(state: LinkState, event: LinkEvent, world: { now: number; backoff: Backoff }): LinkStep {
  if (state.link.phase === 'ended') return explained(state, event)
  const { now } = world
  switch (event.kind) {
    case 'start':
      return dial(state, now)
    case 'admitted':
      return stay(state.refusals === 0 ? state : { ...state, refusals: 0 })
    case 'callable':
      return stay(isUp(state) ? state : { ...state, hasCalls: true })
    case 'up':
      return up(state, now)
    case 'caught-up':
      return caughtUp(state, now)
    case 'blocked':
      return isUp(state) || state.downSince === null ? stay(state) : floor({ ...state, isBlocked: true })
    case 'unread':
      return unread({ ...state, isRead: false, hasCalls: false }, now)
    case 'steady':
      return stay(isUp(state) ? { ...state, attempt: 0, wasWoken: false } : state)
    case 'down':
      return down(state, event, world)
    case 'refused':
      return refused(state, event.failure, now)
    case 'retry-due':
    case 'try-now':
      return isIdle(state) || state.link.phase === 'polling' ? dial(state, now) : stay(state)
    case 'reachable':
      return reachable(state, now)
    case 'resumed':
      return resumed(state, now)
    case 'doubted':
      return dial({ ...state, suspicion: event.reason }, now)
    case 'network':
      return network({ ...state, isOffline: !event.isOnline }, event.isOnline, now)
    case 'ended':
      return end(state, event.reason, now)
    default:
      return unreachable(event)
  }
}

/** A refusal does not say why; what is read afterwards may. */
function explained(state: LinkState, event: LinkEvent): LinkStep {
  const isExplanation = event.kind === 'ended' || event.kind === 'doubted'
  const { link } = state
  if (!isExplanation || link.phase !== 'ended' || link.reason !== 'rejected') return stay(state)
  return stay({ ...state, link: { ...link, reason: event.reason } })
}

function caughtUp(state: LinkState, now: number): LinkStep {
  if (state.link.phase === 'live') return stay(state)
  if (state.link.phase === 'catching-up') {
    return stay({ ...state, link: { phase: 'live', since: now }, downSince: null })
  }
  const { next } = floor({ ...state, isRead: true, hasCalls: true })
  return { next, effects: [{ do: 'time-reading' }] }
}

/** What can be had without a socket, once it is clear that there will be none for a while. */
function floor(state: LinkState): LinkStep {
  const { isBlocked, isRead, downSince, host } = state
  if (!isBlocked || !isRead || downSince === null || state.link.phase === 'polling') return stay(state)
  return stay({ ...state, link: { phase: 'polling', since: downSince, host } })
}

/** Not even readings get through: the next try is not to wait as long as one for a socket alone. */
function unread(state: LinkState, now: number): LinkStep {
  return state.link.phase === 'polling' ? dial(state, now) : stay(state)
}

function up(state: LinkState, now: number): LinkStep {
  const known: LinkState = {
    ...state,
    suspicion: null,
    isOffline: false,
    isBlocked: false,
    isRead: false,
    hasCalls: true,
  }
  // A planned replacement: the chat has been live all along, but what fell between the sockets must be read.
  if (state.link.phase === 'live') return { next: known, effects: [{ do: 'catch-up' }] }
  return {
    next: { ...known, link: { phase: 'catching-up', since: state.downSince ?? now } },
    effects: [{ do: 'catch-up' }, { do: 'time-stability' }],
  }
}

function down(
  state: LinkState,
  { failure, socket }: Extract<LinkEvent, { kind: 'down' }>,
  world: { now: number; backoff: Backoff },
): LinkStep {
  const lost: LinkState = {
    ...state,
    attempt: state.attempt + 1,
    host: socket === undefined ? state.host : socket.host,
    hasCalls: state.hasCalls && socket !== undefined,
  }
  const patience = world.backoff(lost.attempt)
  // Where sockets alone are blocked, they are likely to stay so; trouble of calls passes sooner.
  const delay = socket !== undefined && isPolled(lost) ? Math.max(patience, blockedRetry) : patience
  const mended = mend(lost, failure, { now: world.now, delay })
  return saysNothingArrives(state, failure, socket) ? withCut(mended) : mended
}

function mend(lost: LinkState, failure: Failure, world: { now: number; delay: number }): LinkStep {
  // The first loss after a stable time is mended at once; an offline computer may as well wait.
  if (isUp(lost) && lost.attempt === 1 && !lost.isOffline) return dial(lost, world.now)
  return wait(lost, failure, world)
}

/** A socket that was closed or refused is no trouble of calls, and neither is an answer, whoever gave it. Silence is. */
function saysNothingArrives(state: LinkState, { code }: Failure, socket: LostSocket | undefined): boolean {
  if (socket !== undefined) return code === 'timed-out' && isUp(state)
  return code === 'timed-out' || code === 'unreachable'
}

function withCut({ next, effects }: LinkStep): LinkStep {
  return { next: { ...next, hasCalls: false }, effects: [{ do: 'cut-calls' }, ...effects] }
}

function refused(state: LinkState, failure: Failure, now: number): LinkStep {
  // A second answer to the same question proves nothing new.
  if (isIdle(state)) return stay(state)
  const doubted: LinkState = { ...state, refusals: state.refusals + 1, isRead: false, hasCalls: false }
  if (doubted.refusals >= mostRefusals) return end(doubted, state.suspicion ?? 'rejected', now)
  return wait({ ...doubted, attempt: state.attempt + 1 }, failure, { now, delay: refusedAgainIn })
}

/**
 * A wait is cut short once, so that chats which keep falling do not drive each other. After a refusal the wait stays:
 * the accident it was needs the time to pass.
 */
function reachable(state: LinkState, now: number): LinkStep {
  const isWaiting = isIdle(state) || state.link.phase === 'polling'
  if (!isWaiting || state.wasWoken || state.refusals > 0) return stay(state)
  return dial({ ...state, wasWoken: true }, now)
}

/** A dead socket usually says so at once when written to; a dial from before the sleep would take its time to fail. */
function resumed(state: LinkState, now: number): LinkStep {
  if (isUp(state)) return probe({ ...state, attempt: 0 }, probeAfterReturn)
  const isDialling = state.link.phase === 'connecting' && Math.abs(now - state.dialledAt) < freshDial
  return isDialling ? stay(state) : withCut(dial({ ...state, attempt: 0 }, now))
}

function network(state: LinkState, isOnline: boolean, now: number): LinkStep {
  if (isUp(state) && isOnline) return probe({ ...state, attempt: 0 }, probeAfterReturn)
  if (isUp(state)) return probe(state, probeAfterLoss)
  if (isOnline) return withCut(dial({ ...state, attempt: 0 }, now))
  if (state.link.phase !== 'waiting') return stay(state)
  return stay({ ...state, link: { phase: 'offline', since: state.link.since } })
}

function dial(state: LinkState, now: number): LinkStep {
  const since = state.downSince ?? now
  const isPolling = state.link.phase === 'polling' && state.isRead
  const link: Link = isPolling ? state.link : { phase: 'connecting', since }
  const next: LinkState = { ...state, downSince: since, dialledAt: now, link }
  return { next, effects: [...firstLoss(state), { do: 'dial' }] }
}

function firstLoss({ downSince }: LinkState): readonly LinkEffect[] {
  return downSince === null ? [{ do: 'time-socket' }] : []
}

function probe(state: LinkState, within: number): LinkStep {
  return { next: state, effects: [{ do: 'probe', within }] }
}

function wait(state: LinkState, failure: Failure, { now, delay }: { now: number; delay: number }): LinkStep {
  const since = state.downSince ?? now
  if (isPolled(state)) return poll({ ...state, downSince: since }, { now, delay })
  const link: Link = state.isOffline
    ? { phase: 'offline', since }
    : {
        phase: 'waiting',
        since,
        attempt: state.attempt,
        retryAt: now + delay,
        reason: failure.code,
        ...(failure.gateway !== undefined && { gateway: failure.gateway }),
      }
  const next: LinkState = { ...state, downSince: since, link }
  return { next, effects: [...firstLoss(state), { do: 'hang-up' }, { do: 'wait', delay }] }
}

/** Readings go on, and a socket is tried again now and then. */
function poll(state: LinkState, { now, delay }: { now: number; delay: number }): LinkStep {
  const link: Link = { phase: 'polling', since: state.downSince ?? now, host: state.host }
  return { next: { ...state, link }, effects: [{ do: 'hang-up' }, { do: 'wait', delay }] }
}

function end(state: LinkState, reason: EndReason, now: number): LinkStep {
  return {
    next: { ...state, link: { phase: 'ended', at: now, reason } },
    effects: [{ do: 'finish' }],
  }
}

function stay(state: LinkState): LinkStep {
  return { next: state, effects: [] }
}

export function isUp({ link }: LinkState): boolean {
  return link.phase === 'live' || link.phase === 'catching-up'
}

function isPolled({ isBlocked, isRead }: LinkState): boolean {
  return isBlocked && isRead
}

function isIdle({ link }: LinkState): boolean {
  return link.phase === 'waiting' || link.phase === 'offline'
}
