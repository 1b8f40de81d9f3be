import type { ServiceItem } from '../participant/service-item.ts'
import { doubled } from './backoff.ts'
import type { Clock, Stop } from './clock.ts'

/** A frame may still be under way when a page that holds its item has arrived. */
const frameGrace = 2500
/** The service repeats every own message on the socket within this time. */
const echoWithin = 5000
const mostRemembered = 4000
const replaceAgain = { base: 30_000, cap: 5 * 60_000 } as const

export interface SubscriptionEvents {
  /** An accepted message was not repeated: only the transcript can say what else was not delivered. */
  doubted(): void
  /** The transcript has what the socket did not deliver. Another socket may do better. */
  silent(): void
}

/**
 * Compares what the socket delivers with what the transcript has. A socket whose heart beats may still be deaf: only an
 * item that was read and never delivered proves that, and only readings prove the opposite.
 */
export class SubscriptionWatch {
  readonly #clock: Clock
  readonly #events: SubscriptionEvents
  readonly #delivered = new Set<string>()
  /** Up to here the socket is not to blame: it was said before the subscription, or was judged. Null: not known yet. */
  #judgedUpTo: number | null = null
  #newestRead = -Infinity
  #undelivered: string[] = []
  #isSubscribed = false
  #isSilent = false
  #replacements = 0
  #replacedAt = -Infinity
  #stopGrace: Stop | null = null
  #stopPause: Stop | null = null

  constructor(clock: Clock, events: SubscriptionEvents) {
    this.#clock = clock
    this.#events = events
  }

  /** The last that is known of this conversation's sockets: they keep things back. */
  get isSilent(): boolean {
    return this.#isSilent
  }

  /**
   * A socket is subscribed. What was said before is read, not delivered. One that follows a silent one has to deliver
   * something before it is taken for sound: what is said while it is being opened proves nothing of it.
   */
  began(): void {
    this.#forget()
    this.#isSubscribed = true
    if (this.#isSilent) this.#replaceIn(this.#pause)
  }

  /** There is no socket: what was expected of it will not come. */
  ended(): void {
    this.#forget()
    this.#isSubscribed = false
  }

  #forget(): void {
    this.#judgedUpTo = null
    this.#undelivered = []
    this.#stopGrace?.()
    this.#stopPause?.()
    this.#stopGrace = null
    this.#stopPause = null
  }

  /** The socket carried something nobody can read: what the next reading finds may have been in it. */
  garbled(): void {
    this.#judgedUpTo = null
  }

  delivered(item: ServiceItem): void {
    if (!isSaid(item)) return
    this.#delivered.add(item.serviceId)
    const oldest = this.#delivered.values().next()
    if (this.#delivered.size > mostRemembered && oldest.done !== true) this.#delivered.delete(oldest.value)
  }

  read(items: readonly ServiceItem[]): void {
    for (const item of items) {
      if (!isSaid(item)) continue
      this.#newestRead = Math.max(this.#newestRead, item.at)
      const isJudged = this.#judgedUpTo === null || item.at <= this.#judgedUpTo
      if (isJudged) continue
      if (this.#delivered.has(item.serviceId)) this.#proveSound()
      else this.#undelivered.push(item.serviceId)
    }
  }

  /** The newest end was read. */
  readToEnd(): void {
    if (!this.#isSubscribed) return
    this.#judgedUpTo = this.#newestRead
    if (this.#undelivered.length > 0) this.#stopGrace ??= this.#clock.after(frameGrace, () => this.#judge())
  }

  /** The service took this message of ours and has to repeat it on the socket. */
  expectEcho(serviceId: string): void {
    if (!this.#isSubscribed || this.#delivered.has(serviceId)) return
    this.#clock.after(echoWithin, () => {
      if (!this.#delivered.has(serviceId)) this.#events.doubted()
    })
  }

  #judge(): void {
    this.#stopGrace = null
    const undelivered = this.#undelivered.filter((serviceId) => !this.#delivered.has(serviceId))
    this.#undelivered = []
    if (undelivered.length === 0) return
    this.#isSilent = true
    const sinceLast = this.#clock.uptime() - this.#replacedAt
    if (this.#replacements === 0 || sinceLast >= this.#pause) this.#replace()
    else this.#replaceIn(this.#pause - sinceLast)
  }

  /** A new socket that keeps things back as well is no reason to open them ever faster. */
  get #pause(): number {
    return doubled(replaceAgain, Math.max(0, this.#replacements - 1))
  }

  #replaceIn(delay: number): void {
    this.#stopPause ??= this.#clock.after(delay, () => this.#replace())
  }

  #replace(): void {
    this.#stopPause?.()
    this.#stopPause = null
    this.#replacements += 1
    this.#replacedAt = this.#clock.uptime()
    this.#events.silent()
  }

  #proveSound(): void {
    this.#isSilent = false
    this.#stopPause?.()
    this.#stopPause = null
    this.#replacements = 0
  }
}

type Said = Extract<ServiceItem, { readonly kind: 'message' | 'attachment' }>

/** Events are not all told to everyone, and what an earlier conversation left behind is told to nobody. */
function isSaid(item: ServiceItem): item is Said {
  return (item.kind === 'message' || item.kind === 'attachment') && item.previousContactId === null
}
