import type { Failure } from '#shared/failure.ts'
import { DeskError } from '#shared/failure.ts'
import type { Accepted } from '../participant/participant-api.ts'
import type { OutboxMessage } from '../store/conversation-store.ts'
import type { Stop } from './clock.ts'
import { LookUp } from './look-up.ts'
import type { OutboxEvents, OutboxPorts } from './outbox-ports.ts'
import type { Parcel } from './parcel.ts'
import { chatEnded, clockSlack, newParcel, restoredParcel, undecidable } from './parcel.ts'
import { Parcels } from './parcels.ts'
import { failureOf, mayHaveWorked, willPass } from './trouble.ts'

/**
 * Own messages on their way: in order, one at a time, with one client token for the life of each. The service forgets
 * those tokens after a time it does not tell, so a message that may have arrived is looked up before each further try.
 */
export class Outbox {
  readonly #ports: OutboxPorts
  readonly #events: OutboxEvents
  readonly #parcels = new Parcels()
  readonly #lookUp: LookUp
  #enqueued: Promise<unknown> = Promise.resolve()
  #flight: { readonly parcel: Parcel; readonly abort: AbortController } | null = null
  #isOpen = false
  #isOver = false
  #tries = 0
  #stopWaiting: Stop | null = null

  constructor(ports: OutboxPorts, events: OutboxEvents) {
    this.#ports = ports
    this.#events = events
    this.#lookUp = new LookUp(ports)
  }

  get waiting(): number {
    return this.#parcels.waiting.length
  }

  get failed(): number {
    return this.#parcels.count - this.waiting
  }

  /** Puts back what was waiting when the app stopped. */
  restore(messages: readonly OutboxMessage[]): void {
    this.#parcels.add(...messages.map((one) => restoredParcel(one, this.#ports.floor(one.seq))))
  }

  /** The store has lost its messages. Rejects when they cannot be saved. */
  keepAgain(): Promise<void> {
    return this.#parcels.saveTo(this.#ports.store)
  }

  /** Resolves once the message is safe on the disk. Rejects, with nothing queued, when it cannot be saved. */
  async add(message: OutboxMessage, draft?: string): Promise<void> {
    const saved = this.#enqueued.then(() => this.#ports.store.enqueue(message, draft))
    this.#enqueued = saved.catch(() => undefined)
    await saved
    this.#parcels.add(newParcel(message, this.#ports.floor(message.seq)))
    this.#events.queued(message)
    if (this.#isOver) this.finish()
    else this.pump()
  }

  /** The line is up: go on. */
  open(): void {
    this.#isOpen = true
    this.#tries = 0
    this.#stopWaiting?.()
    this.#stopWaiting = null
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
    return this.#parcels.failed(entryId)?.message ?? null
  }

  /** A failed message goes out again, after everything typed since. Its new `seq` is on the disk already. */
  retry(message: OutboxMessage): boolean {
    const parcel = this.#parcels.failed(message.entryId)
    if (parcel === undefined) return false
    this.#parcels.drop(parcel)
    this.#parcels.add(newParcel(message, this.#ports.floor(message.seq)))
    return true
  }

  /** Only what has surely not left can be taken back. */
  discard(entryId: string): void {
    const parcel = this.#parcels.find(entryId)
    if (parcel === undefined) throw new DeskError('not-found', 'This message is no longer waiting.')
    if (this.#mayHaveLeft(parcel)) {
      throw new DeskError('conflict', 'This message is being sent and cannot be taken back.')
    }
    this.#parcels.drop(parcel)
  }

  /** Something of our own has appeared in the conversation. Returns the message it is the echo of. */
  claim(content: string, accepted: Accepted): OutboxMessage | null {
    const parcel = this.#parcels.waiting.find(
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
    this.#lookUp.began(this.#parcels.waiting.filter((parcel) => this.#flight?.parcel !== parcel))
  }

  /** It asks for the newest end of the conversation. */
  readingAsks(): void {
    this.#lookUp.asks()
  }

  /** It has merged everything up to that end. */
  readingProves(): void {
    for (const parcel of this.#lookUp.proves(this.#parcels.waiting)) {
      const sent = this.#ports.findSent(parcel.message, parcel.floor)
      if (sent === 'undecidable') this.#fail(parcel, undecidable)
      else if (sent !== null) this.#settle(parcel, sent)
    }
    this.pump()
  }

  /** The chat is over and was read to its end: what is not in it did not arrive. */
  finish(): void {
    this.#isOver = true
    this.shut()
    for (const parcel of this.#parcels.waiting) {
      const sent = this.#ports.findSent(parcel.message, parcel.floor)
      const mayHaveLeft = this.#mayHaveLeft(parcel)
      if (mayHaveLeft && sent !== null && sent !== 'undecidable') this.#settle(parcel, sent)
      else this.#fail(parcel, parcel.verdict ?? chatEnded(mayHaveLeft))
    }
  }

  pump(): void {
    if (!this.#isOpen || this.#flight !== null || this.#stopWaiting !== null) return
    const [parcel] = this.#parcels.waiting
    if (parcel === undefined) return
    if (this.#lookUp.isNeeded(parcel)) {
      if (!parcel.isBeingProven) this.#events.proofNeeded()
    } else if (parcel.verdict === null) void this.#send(parcel)
    else void this.#giveIn(parcel, parcel.verdict).then(() => this.pump())
  }

  async #send(parcel: Parcel): Promise<void> {
    const abort = new AbortController()
    let hasLeft = false
    const leaving = (): void => {
      this.#checkLeaving(parcel)
      hasLeft = true
    }
    parcel.floor = Math.max(parcel.floor, this.#lookUp.earliest(parcel))
    this.#flight = { parcel, abort }
    this.#save(parcel, { state: 'sending' })
    this.#events.leaving(parcel.message)
    try {
      const accepted = await this.#ports.send(parcel.message, { signal: abort.signal, leaving })
      this.#flight = null
      this.#tries = 0
      this.#settle(parcel, accepted)
    } catch (error) {
      this.#flight = null
      await this.#failedToSend(parcel, failureOf(error), hasLeft)
    }
    this.pump()
  }

  /** Waiting for its turn may have taken long: it may have shown up meanwhile, or have to be looked up again. */
  #checkLeaving(parcel: Parcel): void {
    if (this.#parcels.isWaiting(parcel) && !this.#lookUp.isStale(parcel)) return
    throw new DeskError('cancelled', 'What became of this message has to be looked up first.')
  }

  async #failedToSend(parcel: Parcel, failure: Failure, hasLeft: boolean): Promise<void> {
    // Its echo came while the answer got lost, or the chat is over.
    if (!this.#parcels.isWaiting(parcel)) return
    if (!willPass(failure)) return this.#refused(parcel, failure)
    if (hasLeft && mayHaveWorked(failure)) parcel.isInDoubt = true
    if (!this.#isOpen) return
    this.#tries += 1
    if (this.#tries > 1) this.#events.delayed(parcel.message, failure)
    this.#stopWaiting = this.#ports.clock.after(this.#ports.backoff(this.#tries), () => {
      this.#stopWaiting = null
      this.pump()
    })
  }

  /** An earlier try may have arrived after it was missed, so the refusal is not told before another look. */
  async #refused(parcel: Parcel, failure: Failure): Promise<void> {
    this.#tries = 0
    if (parcel.missingAt === null) return this.#giveIn(parcel, failure)
    parcel.verdict = failure
    parcel.isInDoubt = true
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
    if (!this.#parcels.isWaiting(parcel)) return
    if (trouble === null) {
      this.#parcels.replace(parcel, message)
      this.#events.replaced(message)
    } else this.#fail(parcel, trouble)
  }

  #settle(parcel: Parcel, accepted: Accepted): void {
    if (!this.#parcels.has(parcel)) return
    this.#parcels.drop(parcel)
    this.#events.accepted(parcel.message, accepted)
  }

  #fail(parcel: Parcel, failure: Failure): void {
    parcel.isFailed = true
    this.#save(parcel, { state: 'failed', code: failure.code, reason: failure.message })
    this.#events.failed(parcel.message, failure)
  }

  #mayHaveLeft(parcel: Parcel): boolean {
    if (parcel.isFailed) return false
    return parcel.isInDoubt || parcel.missingAt !== null || this.#flight?.parcel === parcel
  }

  /** Never waited for: should it be lost, the restored message counts as tried all the same. */
  #save(parcel: Parcel, state: OutboxMessage['state']): void {
    parcel.message = { ...parcel.message, state }
    this.#ports.store.saveOutboxState(parcel.message.entryId, state).catch((error: unknown) => {
      this.#ports.note('outbox-state-not-saved', { code: failureOf(error).code })
    })
  }
}
