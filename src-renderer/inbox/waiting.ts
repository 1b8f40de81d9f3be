import { isDeaf } from '#shared/deafness.ts'
import type { Chat } from '#shared/model.ts'
import type { IconName } from '../ui/icon-paths.ts'
import { shortAge, spokenDuration, stopwatch, timeOfDay } from '../ui/time.ts'

export const dueAfter = 60_000
export const lateAfter = 180_000
const idleWarning = 120_000

export type Level = 'calm' | 'due' | 'late'

export interface Waiting {
  readonly level: Level
  readonly text: string
  readonly icon: IconName | null
  /** The same for someone who listens. */
  readonly spoken: string
}

type Facts = Pick<Chat, 'link' | 'turn' | 'idleEndsAt' | 'completeUpTo'>

/** The line is down, or has been coming up for too long: what is shown may be old. */
export function isDown(chat: Pick<Chat, 'link'>, now: number): boolean {
  return isDeaf(chat.link, now)
}

/** What is written waits: neither a socket nor calls get through. */
export function isQueued(chat: Pick<Chat, 'link'>, now: number): boolean {
  const { link } = chat
  // While what was missed is being read, messages go out already.
  if (link.phase === 'catching-up') return false
  const hasCalls = (link.phase === 'waiting' || link.phase === 'connecting') && link.hasCalls === true
  return isDown(chat, now) && !hasCalls
}

/** The next try is not under way: it can be made at once. */
export function isBetweenTries(chat: Pick<Chat, 'link'>): boolean {
  const { phase } = chat.link
  return phase === 'waiting' || phase === 'offline' || phase === 'polling'
}

export function levelOf(chat: Pick<Chat, 'link' | 'turn'>, now: number): Level {
  if (chat.link.phase === 'ended' || chat.turn.waitingFor === 'customer') return 'calm'
  const waited = now - chat.turn.since
  if (waited >= lateAfter) return 'late'
  return waited >= dueAfter ? 'due' : 'calm'
}

/** The one time that matters most about a chat right now. */
export function waitingOf(chat: Facts, now: number): Waiting {
  if (chat.link.phase === 'ended')
    return plain(timeOfDay(chat.link.at), `ended at ${timeOfDay(chat.link.at)}`)
  const level = levelOf(chat, now)
  const waited = now - chat.turn.since
  if (level === 'late') return alarm('late', `Late ${stopwatch(waited)}`, `late, ${waitingFor(waited)}`)
  const idleLeft = chat.idleEndsAt === null ? Infinity : chat.idleEndsAt - now
  if (idleLeft <= idleWarning) {
    const text = `Ends in ${stopwatch(idleLeft)}`
    return { level: 'due', text, icon: 'hourglass', spoken: `ends in ${spokenDuration(idleLeft)}` }
  }
  if (level === 'due') return alarm('due', `Due ${stopwatch(waited)}`, `due, ${waitingFor(waited)}`)
  if (isDown(chat, now) && chat.completeUpTo !== null) {
    const text = `as of ${timeOfDay(chat.completeUpTo)}`
    return plain(text, text)
  }
  if (chat.turn.waitingFor === 'customer') {
    return plain(shortAge(waited), `waiting for the customer, ${spokenDuration(waited)}`)
  }
  return { level, text: stopwatch(waited), icon: 'clock', spoken: waitingFor(waited) }
}

function waitingFor(milliseconds: number): string {
  return `waiting ${spokenDuration(milliseconds)}`
}

function alarm(level: 'due' | 'late', text: string, spoken: string): Waiting {
  return { level, text, icon: level === 'late' ? 'warning' : 'clock-due', spoken }
}

function plain(text: string, spoken: string): Waiting {
  return { level: 'calm', text, icon: null, spoken }
}
