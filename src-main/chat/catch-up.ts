import type { LineCalls } from '../participant/participant-line.ts'
import type { ServiceItem } from '../participant/service-item.ts'
import type { Backoff } from './backoff.ts'
import type { Place, ReadingOutcome } from './backfill.ts'
import { readMissed } from './backfill.ts'
import type { Clock, Stop } from './clock.ts'
import type { Note } from './note.ts'
import { pause } from '../pause.ts'
import type { Cursor } from './trail.ts'
import type { Source } from './transcript.ts'

export interface CatchUpPorts {
  readonly calls: Pick<LineCalls, 'readTranscript'>
  readonly clock: Clock
  readonly backoff: Backoff
  readonly note: Note
}

export interface CatchUpEvents {
  began(): void
  hasLooseEnds(upTo: number): boolean
  page(items: readonly ServiceItem[], source: Source): void
  /** The newest end is being asked for. */
  asked(): void
  recentDone(at: number | null): void
  /** Everything said until the newest end was asked for has been read. */
  proven(): void
  /** Everything up to here was read; the next reading starts from `cursor`. */
  done(cursor: Cursor): void
  /** A history that had grown was read again. */
  historyRead(): void
}

const auditEvery = 5 * 60_000
const auditSoon = 1500
const againIn = 3000
const refusedAgainIn = 500

/**
 * Reads what a chat may have missed: after every new socket, when something on the socket could not be placed, and now
 * and then because a silent loss would otherwise never be noticed.
 */
export class CatchUp {
  readonly #ports: CatchUpPorts
  readonly #events: CatchUpEvents
  #place: Place
  #reading: AbortController | null = null
  #isWanted = false
  #isHistoryWanted = false
  #isHistoryBegun = false
  #isOpen = false
  #stopTimer: Stop | null = null
  #timerIn = Infinity

  constructor(ports: CatchUpPorts, events: CatchUpEvents, cursor: Cursor | null) {
    this.#ports = ports
    this.#events = events
    // Only a conversation that was read whole leaves a cursor behind.
    this.#place = { cursor, history: cursor === null ? 'unread' : 'read' }
  }

  /** Something may be missing that has not been looked for yet. */
  get isDoubtful(): boolean {
    return this.#reading !== null || this.#isWanted
  }

  /** A new socket: whatever is being read now began before it. */
  start(): void {
    this.#isOpen = true
    this.#giveUp()
    void this.#read()
  }

  stop(): void {
    this.#isOpen = false
    this.#giveUp()
  }

  /** Something may be missing. Answered by a reading that begins after this call. */
  want(): void {
    this.#isWanted = true
    if (this.#reading === null) this.#plan(auditSoon)
  }

  /** The history has grown at its old end, where no reading looks that goes on from the last one. */
  wantHistory(): void {
    this.#isHistoryWanted = true
    this.want()
  }

  /** As `want`, without delay. */
  wantNow(): void {
    this.#isWanted = true
    if (this.#reading === null) this.#plan(0)
  }

  /**
   * The rest of the conversation before its tokens go. There is no later occasion, so one refusal may be an accident,
   * and trouble that passes is waited out however long it takes. False when it was stopped before.
   */
  async finish(): Promise<boolean> {
    this.#isOpen = false
    this.#giveUp()
    const { signal } = (this.#reading = new AbortController())
    const first = await this.#run(signal)
    if (first.outcome === 'refused') {
      await pause(this.#ports.clock, refusedAgainIn, signal)
      await this.#run(signal)
    }
    return !signal.aborted
  }

  async #read(): Promise<void> {
    const reading = new AbortController()
    this.#reading = reading
    this.#isWanted = false
    const { outcome } = await this.#run(reading.signal)
    if (this.#reading !== reading) return
    this.#reading = null
    if (!this.#isOpen) return
    if (outcome === 'done') this.#plan(this.isDoubtful ? auditSoon : auditEvery)
    else {
      // Whatever was looked for is still not found.
      this.#isWanted = true
      this.#plan(againIn)
    }
  }

  async #run(signal: AbortSignal): Promise<ReadingOutcome> {
    this.#events.began()
    // Where not all was read before, the history may hold what the newer pages do not.
    const isProvenEarly = this.#place.history === 'read'
    this.#beginHistory()
    const reading = {
      asked: () => this.#events.asked(),
      hasLooseEnds: (upTo: number) => this.#events.hasLooseEnds(upTo),
      page: (items: readonly ServiceItem[], source: Source) => this.#events.page(items, source),
      recentDone: (at: number | null) => {
        this.#events.recentDone(at)
        if (isProvenEarly) this.#events.proven()
      },
      reached: (place: Place) => {
        this.#place = place
      },
    }
    const result = await readMissed(this.#ports, this.#place, { reading, signal })
    if (result.outcome === 'done' && !signal.aborted) {
      this.#done(result.cursor)
      if (!isProvenEarly) this.#events.proven()
    }
    if (result.outcome === 'refused') this.#ports.note('transcript-refused', { code: result.failure.code })
    return result
  }

  #beginHistory(): void {
    if (!this.#isHistoryWanted) return
    this.#isHistoryWanted = false
    this.#isHistoryBegun = true
    this.#place = { ...this.#place, history: 'unread' }
  }

  #done(cursor: Cursor): void {
    // A reading that began before the history grew leaves it unread: the next start must not rely on it.
    this.#events.done(this.#isHistoryWanted ? { ...cursor, serviceId: null } : cursor)
    if (this.#isHistoryBegun) this.#events.historyRead()
    this.#isHistoryBegun = false
  }

  /** The sooner of what is planned and what is asked. */
  #plan(delay: number): void {
    if (!this.#isOpen || (this.#stopTimer !== null && this.#timerIn <= delay)) return
    this.#stopTimer?.()
    this.#timerIn = delay
    this.#stopTimer = this.#ports.clock.after(delay, () => {
      this.#stopTimer = null
      if (this.#reading === null) void this.#read()
    })
  }

  #giveUp(): void {
    this.#reading?.abort('given up')
    this.#reading = null
    this.#isWanted = false
    this.#stopTimer?.()
    this.#stopTimer = null
  }
}
