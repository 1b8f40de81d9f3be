import type { LineCalls } from '../participant/participant-line.ts'
import type { ServiceItem } from '../participant/service-item.ts'
import { AuditPlan } from './audit-plan.ts'
import type { Backoff } from './backoff.ts'
import { doubled } from './backoff.ts'
import type { Place, ReadingOutcome } from './backfill.ts'
import { readMissed } from './backfill.ts'
import type { Clock, Random, Stop } from './clock.ts'
import type { Note } from './note.ts'
import { pause } from '../pause.ts'
import type { Cursor } from './trail.ts'
import type { Source } from './transcript.ts'

export interface CatchUpPorts {
  readonly calls: Pick<LineCalls, 'readTranscript'>
  readonly clock: Clock
  readonly random: Random
  readonly backoff: Backoff
  readonly note: Note
  /** On screen: what is said here is missed first. */
  readonly isActive: () => boolean
  /** The socket is known to keep things back. */
  readonly isSilent: () => boolean
}

export interface CatchUpEvents {
  began(): void
  hasLooseEnds(upTo: number): boolean
  /** True when it brought something new. */
  page(items: readonly ServiceItem[], source: Source): boolean
  /** The newest end is being asked for. */
  asked(): void
  /** The newest end has been read; older pages may still follow. `isCurrent`: with what was said before the socket. */
  recentDone(isCurrent: boolean): void
  /** Everything said until the newest end was asked for has been read. */
  proven(): void
  /** Nothing is missing, the history included, up to the service's time `at`. */
  complete(at: number | null): void
  /** Everything up to here was read; the next reading starts from `cursor`. */
  done(cursor: Cursor): void
  /** A history that had grown was read again. */
  historyRead(): void
}

type Kind = 'whole' | 'audit'

/** An audit begins where the last reading ended, so a small page holds what little it may find. */
const pageSizes = { whole: 100, audit: 30 } as const
/** At the end: pages that lead nowhere are begun anew for about ten minutes. */
const stuckAtTheEnd = { most: 30, base: 500, cap: 20_000 } as const
/** A socket that is only being replaced is there by then. */
const pollSoon = 1000
const refusedAgainIn = 500
/** A timer that fires later than this slept, and so did those of all other chats. */
const overslept = 5000
const spreadAfterSleep = 10_000

/**
 * Reads what a chat may have missed: after every new socket, when something on the socket could not be placed, and
 * every now and then, because a socket that is silent looks like a customer who is. Nothing but these readings proves
 * that the conversation is complete.
 */
export class CatchUp {
  readonly #ports: CatchUpPorts
  readonly #events: CatchUpEvents
  readonly #plan: AuditPlan
  #place: Place
  #reading: AbortController | null = null
  #isWanted = false
  #isHistoryWanted = false
  #isHistoryBegun = false
  #isOpen = false
  #isHeard = false
  #hurry = new AbortController()
  /** The newest end was asked for since the present socket came up. */
  #isCurrent = true
  #stopTimer: Stop | null = null
  #timerDue = Infinity

  constructor(ports: CatchUpPorts, events: CatchUpEvents, cursor: Cursor | null) {
    this.#ports = ports
    this.#events = events
    this.#plan = new AuditPlan({ ...ports, isHeard: () => this.#isHeard })
    // Only a conversation that was read whole leaves a cursor behind.
    this.#place = { cursor, history: cursor === null ? 'unread' : 'read' }
  }

  /** A new socket. A reading under way began before it and goes on, so that no flapping socket can stop it for ever. */
  start(): void {
    this.#isOpen = true
    this.#isHeard = true
    this.#isCurrent = false
    this.#plan.restart()
    this.#hurry.abort('reached')
    this.#hurry = new AbortController()
    if (this.#reading !== null) return
    this.#clearTimer()
    void this.#read('whole')
  }

  /** There is no socket. What is being read goes on, and is read again every few seconds. */
  unheard(): void {
    this.#isOpen = true
    this.#isHeard = false
    this.#isCurrent = true
    if (this.#reading !== null || (this.#plan.isFailing && this.#stopTimer !== null)) return
    this.#schedule(Math.max(pollSoon, this.#plan.untilAudit()))
  }

  stop(): void {
    this.#isOpen = false
    this.#giveUp()
  }

  /** Something may be missing. Answered by a reading that begins after this call. */
  want(): void {
    this.#isWanted = true
    if (this.#reading === null) this.#schedule(this.#plan.afterDoubt())
  }

  /** The history has grown at its old end, where no reading looks that goes on from the last one. */
  wantHistory(): void {
    this.#isHistoryWanted = true
    this.want()
  }

  /** As `want`, without delay, unless readings are failing: then the next try is planned already. */
  wantNow(): void {
    this.#isWanted = true
    if (this.#reading === null && !this.#plan.isFailing) this.#schedule(0)
  }

  /** What the next audit depends on has changed: the chat came on screen, or its socket fell silent. */
  reconsider(): void {
    if (this.#reading === null) this.#schedule(this.#plan.untilAudit())
  }

  /**
   * The rest of the conversation before its tokens go. There is no later occasion, so one refusal may be an accident,
   * pages that lead nowhere are begun anew for some time, and trouble that passes is waited out however long it takes.
   * False when it was stopped before.
   */
  async finish(): Promise<boolean> {
    this.#isOpen = false
    this.#giveUp()
    const { signal } = (this.#reading = new AbortController())
    let wasRefused = false
    for (let tries = 0; tries < stuckAtTheEnd.most; tries += 1) {
      const { outcome } = await this.#run('whole', signal)
      if (outcome !== 'stuck' && (outcome !== 'refused' || wasRefused)) break
      wasRefused = outcome === 'refused'
      await pause(this.#ports.clock, wasRefused ? refusedAgainIn : doubled(stuckAtTheEnd, tries), signal)
    }
    return !signal.aborted
  }

  async #read(kind: Kind): Promise<void> {
    const reading = new AbortController()
    this.#reading = reading
    this.#isWanted = false
    const { outcome } = await this.#run(kind, reading.signal)
    if (this.#reading !== reading) return
    this.#reading = null
    if (!this.#isOpen) return
    if (outcome === 'done') {
      this.#schedule(this.#nextIn())
      return
    }
    // Whatever was looked for is still not found.
    this.#isWanted = true
    this.#schedule(this.#plan.afterFailure())
  }

  async #run(kind: Kind, signal: AbortSignal): Promise<ReadingOutcome> {
    this.#isCurrent = true
    this.#events.began()
    this.#plan.began(kind)
    // Where not all was read before, the history may hold what the newer pages do not.
    const isProvenEarly = this.#place.history === 'read'
    this.#beginHistory()
    const isCompleteEarly = this.#place.history === 'read'
    const reading = {
      asked: () => {
        this.#isCurrent = true
        this.#events.asked()
      },
      hasLooseEnds: (upTo: number) => kind === 'whole' && this.#hasLooseEnds(upTo),
      page: (items: readonly ServiceItem[], source: Source) => {
        if (this.#events.page(items, source)) this.#plan.brought()
      },
      recentDone: (at: number | null, last: Cursor | null) => {
        this.#plan.readTo(last)
        this.#events.recentDone(this.#isCurrent)
        if (isProvenEarly) this.#events.proven()
        if (isCompleteEarly) this.#events.complete(at)
      },
      reached: (place: Place) => {
        this.#place = place
      },
    }
    const upTo = this.#place.cursor?.at ?? -Infinity
    const isBackwards = kind === 'audit' && this.#plan.isTimeForVerdicts && this.#hasLooseEnds(upTo)
    const wish = { reading, signal, pageSize: pageSizes[kind], isBackwards }
    const result = await readMissed({ ...this.#ports, hurry: () => this.#hurry.signal }, this.#place, wish)
    if (result.outcome === 'given-up') return result
    if (result.outcome === 'done') {
      this.#done(result.cursor)
      if (!isProvenEarly) this.#events.proven()
      if (!isCompleteEarly) this.#events.complete(result.at)
    } else this.#failed(result)
    return result
  }

  /** An own message that was not read yet, a file that is being scanned. */
  #hasLooseEnds(upTo: number): boolean {
    this.#plan.lookedAtVerdicts()
    return this.#events.hasLooseEnds(upTo)
  }

  #failed(result: Extract<ReadingOutcome, { outcome: 'stuck' | 'refused' }>): void {
    const code = result.outcome === 'refused' ? result.failure.code : result.outcome
    this.#ports.note('transcript-not-read', { code })
    if (result.outcome !== 'stuck') return
    // The way that led in a circle is not taken again: it begins anew, forward from the last item that is here.
    const { cursor, history, resume } = this.#place
    this.#place = { cursor, resume, history: history === 'read' ? 'read' : 'unread' }
  }

  #beginHistory(): void {
    if (!this.#isHistoryWanted) return
    this.#isHistoryWanted = false
    this.#isHistoryBegun = true
    this.#place = { ...this.#place, history: 'unread' }
  }

  #done(cursor: Cursor): void {
    this.#plan.succeeded()
    const settled = this.#plan.settledEnd ?? cursor
    this.#place = { ...this.#place, cursor: settled }
    // A reading that began before the history grew leaves it unread: the next start must not rely on it.
    this.#events.done(this.#isHistoryWanted ? { ...settled, serviceId: null } : settled)
    if (this.#isHistoryBegun) this.#events.historyRead()
    this.#isHistoryBegun = false
  }

  #nextIn(): number {
    if (!this.#isCurrent) return 0
    return this.#isWanted ? this.#plan.afterDoubt() : this.#plan.untilAudit()
  }

  /** The sooner of what is planned and what is asked. */
  #schedule(delay: number): void {
    const due = this.#ports.clock.uptime() + delay
    if (!this.#isOpen || (this.#stopTimer !== null && this.#timerDue <= due)) return
    this.#stopTimer?.()
    this.#timerDue = due
    this.#stopTimer = this.#ports.clock.after(delay, () => this.#fire())
  }

  #fire(): void {
    this.#stopTimer = null
    if (this.#reading !== null) return
    const hasSlept = this.#ports.clock.uptime() - this.#timerDue > overslept
    if (hasSlept && !this.#isWanted && this.#isCurrent)
      this.#schedule(this.#ports.random() * spreadAfterSleep)
    else void this.#read(this.#isWanted || !this.#isCurrent ? 'whole' : 'audit')
  }

  #giveUp(): void {
    this.#reading?.abort('given up')
    this.#reading = null
    this.#isWanted = false
    this.#clearTimer()
  }

  #clearTimer(): void {
    this.#stopTimer?.()
    this.#stopTimer = null
  }
}
