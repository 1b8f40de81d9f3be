import type { Failure } from '#shared/failure.ts'
import { unreachable } from '#shared/failure.ts'
import type { ParticipantLine } from '../participant/participant-line.ts'
import type { Backoff } from './backoff.ts'
import type { Clock, Stop } from './clock.ts'
import type { LinkEffect, LinkEvent, LinkState } from './link.ts'
import { initialLink, isUp, readingPatience, socketPatience, stableAfter, step } from './link.ts'
import type { Note } from './note.ts'

export interface LinkDriverPorts {
  readonly clock: Clock
  readonly backoff: Backoff
  readonly line: Pick<ParticipantLine, 'dial' | 'hangUp' | 'probe'>
  readonly note: Note
}

export interface LinkDriverEvents {
  dialling(): void
  /** There is no socket for now. */
  unheard(): void
  /** A new socket is subscribed: read what was missed before it. */
  catchUp(): void
  /** Nothing under way can be trusted to arrive any more. */
  cut(): void
  finish(): void
  changed(before: LinkState, failure: Failure | null): void
}

/** Carries out what `step` decides about the connection of one chat. */
export class LinkDriver {
  readonly #ports: LinkDriverPorts
  readonly #events: LinkDriverEvents
  #state: LinkState
  #stopWaiting: Stop | null = null
  #stopTiming: Stop | null = null
  #stopPatience: Stop | null = null
  #stopReading: Stop | null = null

  constructor(ports: LinkDriverPorts, events: LinkDriverEvents, state?: LinkState) {
    this.#ports = ports
    this.#events = events
    this.#state = state ?? initialLink(ports.clock.now())
  }

  get state(): LinkState {
    return this.#state
  }

  get isUp(): boolean {
    return isUp(this.#state)
  }

  dispatch(event: LinkEvent): void {
    const before = this.#state
    const { next, effects } = step(before, event, {
      now: this.#ports.clock.now(),
      backoff: this.#ports.backoff,
    })
    this.#state = next
    if (next.link.phase !== before.link.phase) {
      this.#ports.note('link', { phase: next.link.phase, after: event.kind, attempt: next.attempt })
    }
    for (const effect of effects) this.#carryOut(effect)
    if (next !== before) this.#events.changed(before, 'failure' in event ? event.failure : null)
  }

  stop(): void {
    this.#stopAllTimers()
    this.#ports.line.hangUp()
  }

  #carryOut(effect: LinkEffect): void {
    switch (effect.do) {
      case 'dial':
        this.#stopTimers()
        this.#events.unheard()
        this.#events.dialling()
        return this.#ports.line.dial()
      case 'hang-up':
        this.#stopTimers()
        this.#events.unheard()
        return this.#ports.line.hangUp()
      case 'wait':
        this.#stopWaiting = this.#ports.clock.after(effect.delay, () => this.dispatch({ kind: 'retry-due' }))
        return
      case 'catch-up':
        return this.#events.catchUp()
      case 'cut-calls':
        return this.#events.cut()
      case 'time-socket':
        this.#stopPatience?.()
        this.#stopPatience = this.#ports.clock.after(socketPatience, () => this.dispatch({ kind: 'blocked' }))
        return
      case 'time-reading':
        this.#stopReading?.()
        this.#stopReading = this.#ports.clock.after(readingPatience, () => this.dispatch({ kind: 'unread' }))
        return
      case 'probe':
        return this.#ports.line.probe(effect.within)
      case 'time-stability':
        this.#stopTiming?.()
        this.#stopTiming = this.#ports.clock.after(stableAfter, () => this.dispatch({ kind: 'steady' }))
        return
      case 'finish':
        this.#stopAllTimers()
        return this.#events.finish()
      default:
        return unreachable(effect)
    }
  }

  #stopAllTimers(): void {
    this.#stopTimers()
    this.#stopPatience?.()
    this.#stopReading?.()
  }

  #stopTimers(): void {
    this.#stopWaiting?.()
    this.#stopTiming?.()
    this.#stopWaiting = null
    this.#stopTiming = null
  }
}
