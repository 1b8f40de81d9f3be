import type { SimulatorClock, Stop } from '../clock.ts'
import { isoTime } from '../clock.ts'
import type { Mint } from '../mint.ts'
import { contentTypes } from '../room/content-types.ts'
import type { ContactRoom } from '../room/contact-room.ts'
import type { Participant } from '../room/participant.ts'
import type { SwitchBoard } from '../switches.ts'

export type OfferState = 'open' | 'accepted' | 'rejected' | 'missed' | 'withdrawn'

type Offer = {
  readonly id: string
  readonly room: ContactRoom
  readonly agent: Participant
  readonly offeredAt: number
  readonly expiresAt: number
  state: OfferState
  stopTimers: () => void
}

/** What the feed says about one offer. `remainingMs` is counted from the moment of sending. */
export type OfferNotice = Readonly<{
  offerId: string
  contactId: string
  customerName: string
  queue: string
  channel: 'CHAT'
  attributes: Readonly<Record<string, string>>
  offeredAt: string
  expiresAt: string
  remainingMs: number
}>

export type FeedEvent =
  | Readonly<{ type: 'offer'; offer: OfferNotice }>
  | Readonly<{ type: 'closed'; offerId: string; contactId: string; reason: Exclude<OfferState, 'open'> }>

/** What an accepted offer hands over. */
export type Acceptance = Readonly<{
  contactId: string
  initialContactId: string
  participantId: string
  participantToken: string
  customerName: string
  attributes: Readonly<Record<string, string>>
  queue: string
  region?: string
}>

export type WrapUpNote = Readonly<{ disposition?: string | undefined; notes?: string | undefined }>
export type WrapUp = WrapUpNote & Readonly<{ contactId: string; time: string }>

type Tools = Readonly<{
  clock: SimulatorClock
  mint: Mint
  switches: SwitchBoard
  region: string | undefined
}>

/** Contacts on offer to the agent: each is answered, missed or withdrawn exactly once. */
export class OfferBook {
  readonly wrapUps: WrapUp[] = []
  readonly #tools: Tools
  readonly #offers = new Map<string, Offer>()
  readonly #listeners = new Set<(event: FeedEvent) => void>()

  constructor(tools: Tools) {
    this.#tools = tools
  }

  get open(): readonly OfferNotice[] {
    return [...this.#offers.values()]
      .filter((offer) => offer.state === 'open')
      .map((offer) => this.#notice(offer))
  }

  onEvent(listener: (event: FeedEvent) => void): Stop {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  offer(room: ContactRoom, agent: Participant, seconds?: number): OfferNotice {
    const { clock, mint, switches } = this.#tools
    const offeredAt = clock.now()
    const lifeMs = (seconds ?? switches.now.offerSeconds) * 1000
    const stopTimer = clock.after(lifeMs, () => this.#close(offer, 'missed'))
    const stopWatching = room.onItem((item) => {
      if (item.ContentType === contentTypes.ended) this.#close(offer, 'withdrawn')
    })
    const offer: Offer = {
      id: mint.id(),
      room,
      agent,
      offeredAt,
      expiresAt: offeredAt + lifeMs,
      state: 'open',
      stopTimers: () => {
        stopTimer()
        stopWatching()
      },
    }
    this.#offers.set(offer.id, offer)
    const notice = this.#notice(offer)
    this.#tell({ type: 'offer', offer: notice })
    return notice
  }

  stateOf(offerId: string): OfferState | undefined {
    return this.#offers.get(offerId)?.state
  }

  /** Undefined when it is too late; accepting twice hands over the same. */
  accept(offerId: string): Acceptance | undefined {
    const offer = this.#offers.get(offerId)
    if (!offer) return undefined
    this.#close(offer, 'accepted')
    return offer.state === 'accepted' ? this.#handOver(offer) : undefined
  }

  reject(offerId: string): boolean {
    const offer = this.#offers.get(offerId)
    if (!offer) return false
    this.#close(offer, 'rejected')
    return offer.state === 'rejected'
  }

  withdraw(room: ContactRoom): void {
    for (const offer of this.#offers.values()) if (offer.room === room) this.#close(offer, 'withdrawn')
  }

  wrapUp(contactId: string, note: WrapUpNote): void {
    this.wrapUps.push({ contactId, time: isoTime(this.#tools.clock.now()), ...note })
  }

  clear(): void {
    for (const offer of this.#offers.values()) this.#close(offer, 'withdrawn')
    this.#offers.clear()
    this.wrapUps.length = 0
  }

  #close(offer: Offer, reason: Exclude<OfferState, 'open'>): void {
    if (offer.state !== 'open') return
    offer.state = reason
    offer.stopTimers()
    // Whoever did not answer has no part in the contact any more.
    if (reason !== 'accepted') offer.room.dismiss(offer.agent)
    this.#tell({ type: 'closed', offerId: offer.id, contactId: offer.room.contactId, reason })
  }

  #tell(event: FeedEvent): void {
    for (const listener of [...this.#listeners]) listener(event)
  }

  #notice({ id, room, offeredAt, expiresAt }: Offer): OfferNotice {
    return {
      offerId: id,
      contactId: room.contactId,
      customerName: room.spec.customerName,
      queue: room.spec.queue,
      channel: 'CHAT',
      attributes: room.spec.attributes,
      offeredAt: isoTime(offeredAt),
      expiresAt: isoTime(expiresAt),
      remainingMs: Math.max(0, expiresAt - this.#tools.clock.now()),
    }
  }

  #handOver({ room, agent }: Offer): Acceptance {
    const { region } = this.#tools
    return {
      contactId: room.contactId,
      initialContactId: room.initialContactId,
      participantId: agent.id,
      participantToken: agent.token,
      customerName: room.spec.customerName,
      attributes: room.spec.attributes,
      queue: room.spec.queue,
      ...(region !== undefined && { region }),
    }
  }
}
