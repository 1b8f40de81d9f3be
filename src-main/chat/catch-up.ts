import type { LineCalls } from '../participant/participant-line.ts'
import type { ServiceItem } from '../participant/service-item.ts'
import { AuditPlan } from './audit-plan.ts'
import type { Backoff } from './backoff.ts'
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
  /** The newest end has been read; older pages may still follow. */
  recentDone(): void
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
const triesAtTheEnd = 5
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
  #stopTimer: Stop | null = null
  #timerDue = Infinity

  constructor(ports: CatchUpPorts, events: CatchUpEvents, cursor: Cursor | null) {
    this.#ports = ports
    this.#events = events
    this.#plan = new AuditPlan(ports)
    // Only a conversation that was read whole leaves a cursor behind.
    this.#place = { cursor, history: cursor === null ? 'unread' : 'read' }
  }

  /** A new socket: whatever is being read now began before it. */
  start(): void {
    this.#isOpen = true
    this.#giveUp()
    this.#plan.restart()
    void this.#read('whole')
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
   * and trouble that passes is waited out however long it takes. False when it was stopped before.
   */
  async finish(): Promise<boolean> {
    this.#isOpen = false
    this.#giveUp()
    const { signal } = (this.#reading = new AbortController())
    for (let tries = 1; tries <= triesAtTheEnd; tries += 1) {
      const { outcome } = await this.#run('whole', signal)
      if (outcome !== 'stuck' && (outcome !== 'refused' || tries > 1)) break
      await pause(this.#ports.clock, refusedAgainIn * tries, signal)
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
    this.#events.began()
    this.#plan.began(kind)
    // Where not all was read before, the history may hold what the newer pages do not.
    const isProvenEarly = this.#place.history === 'read'
    this.#beginHistory()
    const isCompleteEarly = this.#place.history === 'read'
    const reading = {
      asked: () => this.#events.asked(),
      hasLooseEnds: (upTo: number) => this.#plan.isTimeForVerdicts && this.#events.hasLooseEnds(upTo),
      page: (items: readonly ServiceItem[], source: Source) => {
        if (this.#events.page(items, source)) this.#plan.brought()
      },
      recentDone: (at: number | null, last: Cursor | null) => {
        this.#plan.readTo(last)
        this.#events.recentDone()
        if (isProvenEarly) this.#events.proven()
        if (isCompleteEarly) this.#events.complete(at)
      },
      reached: (place: Place) => {
        this.#place = place
      },
    }
    const wish = { reading, signal, pageSize: pageSizes[kind] }
    const result = await readMissed(this.#ports, this.#place, wish)
    if (result.outcome === 'given-up') return result
    if (result.outcome === 'done') {
      this.#done(result.cursor)
      if (!isProvenEarly) this.#events.proven()
      if (!isCompleteEarly) this.#events.complete(result.at)
    } else this.#failed(result)
    return result
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
    if (hasSlept && !this.#isWanted) this.#schedule(this.#ports.random() * spreadAfterSleep)
    else void this.#read(this.#isWanted ? 'whole' : 'audit')
  }

  #giveUp(): void {
    this.#reading?.abort('given up')
    this.#reading = null
    this.#isWanted = false
    this.#stopTimer?.()
    this.#stopTimer = null
  }
}
