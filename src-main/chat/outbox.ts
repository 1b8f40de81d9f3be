import type { Failure } from '#shared/failure.ts'
import { DeskError } from '#shared/failure.ts'
import type { Accepted } from '../participant/participant-api.ts'
import type { OutboxMessage } from '../store/conversation-store.ts'
import type { Stop } from './clock.ts'
import type { OutboxEvents, OutboxPorts } from './outbox-ports.ts'
import type { Moment, Parcel } from './parcel.ts'
import { chatEnded, clockSlack, isStale, newParcel, restoredParcel } from './parcel.ts'
import { failureOf, mayHaveWorked, willPass } from './trouble.ts'

/**
 * Own messages on their way: in order, one at a time, with one client token for the life of each. The service forgets
 * those tokens after a time it does not tell, so a message that may have arrived is looked up before each further try.
 */
export class Outbox {
  readonly #ports: OutboxPorts
  readonly #events: OutboxEvents
  #parcels: Parcel[] = []
  #enqueued: Promise<unknown> = Promise.resolve()
  #flight: { readonly parcel: Parcel; readonly abort: AbortController } | null = null
  #isOpen = false
  #isOver = false
  #tries = 0
  #readingBegan: Moment | null = null
  #stopWaiting: Stop | null = null

  constructor(ports: OutboxPorts, events: OutboxEvents) {
    this.#ports = ports
    this.#events = events
  }

  get waiting(): number {
    return this.#waiting.length
  }

  get failed(): number {
    return this.#parcels.length - this.waiting
  }

  get #waiting(): readonly Parcel[] {
    return this.#parcels.filter(({ isFailed }) => !isFailed)
  }

  /** Puts back what was waiting when the app stopped. */
  restore(messages: readonly OutboxMessage[]): void {
    this.#parcels.push(...messages.map((one) => restoredParcel(one, this.#ports.floor(one.seq))))
    this.#sort()
  }

  /** The store has lost its messages. Rejects when they cannot be saved. */
  async keepAgain(): Promise<void> {
    await Promise.all(this.#parcels.map(({ message }) => this.#ports.store.enqueue(message)))
  }

  /** Resolves once the message is safe on the disk. Rejects, with nothing queued, when it cannot be saved. */
  async add(message: OutboxMessage): Promise<void> {
    const saved = this.#enqueued.then(() => this.#ports.store.enqueue(message))
    this.#enqueued = saved.catch(() => undefined)
    await saved
    this.#parcels.push(newParcel(message, this.#ports.floor(message.seq)))
    this.#sort()
    this.#events.queued(message)
    if (this.#isOver) this.finish()
    else this.pump()
  }

  /** The line is up: go on. */
  open(): void {
    this.#isOpen = true
    this.#tries = 0
    this.pump()
  }

  /** The line is gone: whatever is under way ends in doubt. */
  shut(): void {
    this.#isOpen = false
    this.#stopWaiting?.()
    this.#stopWaiting = null
    this.#flight?.abort.abort('given up')
  }

  failedMessage(entryId: string): OutboxMessage | null {
    return this.#failed(entryId)?.message ?? null
  }

  /** A failed message goes out again, after everything typed since. Its new `seq` is on the disk already. */
  retry(message: OutboxMessage): boolean {
    const parcel = this.#failed(message.entryId)
    if (parcel === undefined) return false
    this.#drop(parcel)
    this.#parcels.push(newParcel(message, this.#ports.floor(message.seq)))
    this.#sort()
    return true
  }

  /** Only what has surely not left can be taken back. */
  discard(entryId: string): void {
    const parcel = this.#parcels.find(({ message }) => message.entryId === entryId)
    if (parcel === undefined) throw new DeskError('not-found', 'This message is no longer waiting.')
    if (this.#mayHaveLeft(parcel)) {
      throw new DeskError('conflict', 'This message is being sent and cannot be taken back.')
    }
    this.#drop(parcel)
  }

  /** Something of our own has appeared in the conversation. Returns the message it is the echo of. */
  claim(content: string, accepted: Accepted): OutboxMessage | null {
    const parcel = this.#parcels.find(
      (candidate) =>
        candidate.message.content === content &&
        this.#mayHaveLeft(candidate) &&
        accepted.at >= candidate.floor - clockSlack,
    )
    if (parcel === undefined) return null
    this.#settle(parcel, accepted)
    return parcel.message
  }

  /** A reading of the transcript begins; it will prove what became of everything tried before. */
  readingBegan(): void {
    this.#readingBegan = { service: this.#ports.latestServiceTime(), uptime: this.#ports.clock.uptime() }
    for (const parcel of this.#parcels) parcel.isBeingProven = parcel.isInDoubt
  }

  /** In order, and no further than what is proven: of two messages with the same words the earlier left first. */
  readingDone(): void {
    for (const parcel of this.#waiting) {
      if (!parcel.isBeingProven) break
      parcel.isBeingProven = false
      parcel.isInDoubt = false
      parcel.missingAt = this.#readingBegan
      const sent = this.#ports.findSent(parcel.message, parcel.floor)
      if (sent !== null) this.#settle(parcel, sent)
    }
    // What stood behind an unproven one needs another reading.
    for (const parcel of this.#parcels) parcel.isBeingProven = false
    this.pump()
  }

  /** The chat is over and was read to its end: what is not in it did not arrive. */
  finish(): void {
    this.#isOver = true
    this.shut()
    for (const parcel of this.#waiting) {
      const sent = this.#ports.findSent(parcel.message, parcel.floor)
      const mayHaveLeft = this.#mayHaveLeft(parcel)
      if (mayHaveLeft && sent !== null) this.#settle(parcel, sent)
      else this.#fail(parcel, chatEnded(mayHaveLeft))
    }
  }

  pump(): void {
    if (!this.#isOpen || this.#flight !== null || this.#stopWaiting !== null) return
    const parcel = this.#waiting[0]
    if (parcel === undefined) return
    if (isStale(parcel, this.#ports.clock.uptime())) parcel.isInDoubt = true
    if (!parcel.isInDoubt) void this.#send(parcel)
    else if (!parcel.isBeingProven) this.#events.proofNeeded()
  }

  async #send(parcel: Parcel): Promise<void> {
    const abort = new AbortController()
    parcel.floor = Math.max(parcel.floor, parcel.missingAt?.service ?? this.#ports.latestServiceTime())
    this.#flight = { parcel, abort }
    this.#save(parcel, { state: 'sending' })
    this.#events.leaving(parcel.message)
    try {
      const accepted = await this.#ports.send(parcel.message, abort.signal)
      this.#flight = null
      this.#tries = 0
      this.#settle(parcel, accepted)
    } catch (error) {
      this.#flight = null
      await this.#refused(parcel, failureOf(error))
    }
    this.pump()
  }

  async #refused(parcel: Parcel, failure: Failure): Promise<void> {
    // Its echo came while the answer got lost, or the chat is over.
    if (!this.#waiting.includes(parcel)) return
    if (!willPass(failure)) {
      await this.#giveIn(parcel, failure)
      return
    }
    parcel.isInDoubt = mayHaveWorked(failure)
    if (!this.#isOpen) return
    this.#tries += 1
    if (this.#tries > 1) this.#events.delayed(parcel.message, failure)
    this.#stopWaiting = this.#ports.clock.after(this.#ports.backoff(this.#tries), () => {
      this.#stopWaiting = null
      this.pump()
    })
  }

  /** Surely refused: it fails, unless its words can go out in another form, which is on the disk before it leaves. */
  async #giveIn(parcel: Parcel, refusal: Failure): Promise<void> {
    const message = this.#ports.instead(parcel.message, refusal)
    if (message === null) {
      this.#fail(parcel, refusal)
      return
    }
    // As if it were leaving: nothing else may go, and it cannot be taken back half replaced.
    this.#flight = { parcel, abort: new AbortController() }
    const trouble = await this.#ports.store.enqueue(message).then(() => null, failureOf)
    this.#flight = null
    const place = this.#parcels.indexOf(parcel)
    if (parcel.isFailed || place < 0) return
    if (trouble === null) {
      this.#parcels[place] = newParcel(message, parcel.floor)
      this.#events.replaced(message)
    } else this.#fail(parcel, trouble)
  }

  #settle(parcel: Parcel, accepted: Accepted): void {
    if (!this.#parcels.includes(parcel)) return
    this.#drop(parcel)
    this.#events.accepted(parcel.message, accepted)
  }

  #fail(parcel: Parcel, failure: Failure): void {
    parcel.isFailed = true
    this.#save(parcel, { state: 'failed', code: failure.code, reason: failure.message })
    this.#events.failed(parcel.message, failure)
  }

  #drop(parcel: Parcel): void {
    this.#parcels = this.#parcels.filter((other) => other !== parcel)
  }

  #failed(entryId: string): Parcel | undefined {
    return this.#parcels.find(({ message, isFailed }) => isFailed && message.entryId === entryId)
  }

  #mayHaveLeft(parcel: Parcel): boolean {
    return !parcel.isFailed && (parcel.isInDoubt || this.#flight?.parcel === parcel)
  }

  /** Never waited for: should it be lost, the restored message counts as tried all the same. */
  #save(parcel: Parcel, state: OutboxMessage['state']): void {
    parcel.message = { ...parcel.message, state }
    this.#ports.store.saveOutboxState(parcel.message.entryId, state).catch((error: unknown) => {
      this.#ports.note('outbox-state-not-saved', { code: failureOf(error).code })
    })
  }

  #sort(): void {
    this.#parcels.sort((a, b) => a.message.seq - b.message.seq)
  }
}
