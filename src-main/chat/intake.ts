import type { Entry } from '#shared/entry.ts'
import { compareEntries } from '#shared/entry.ts'
import type { EndReason } from '#shared/link.ts'
import type {
  PlacedItem,
  ServiceEvent,
  ServiceItem,
  ServiceMessage,
  Undelivered,
} from '../participant/service-item.ts'
import type { CustomerName } from './arrivals.ts'
import { isFromCustomer } from './chat-summary.ts'
import { EarlierTalk } from './earlier-talk.ts'
import type { Note } from './note.ts'
import type { ServiceTime } from './service-time.ts'
import type { Source, Transcript } from './transcript.ts'

export interface IntakePorts {
  readonly transcript: Transcript
  readonly time: ServiceTime
  readonly newId: () => string
  readonly note: Note
}

export interface IntakeEvents {
  /** Something may have changed. */
  taken(): void
  /** An own message the transcript does not know yet: one of the outbox may be it. */
  claim(item: ServiceMessage, text: string): void
  /** The service told of this item, on the socket or in a page. */
  heard(item: PlacedItem): void
  arrived(entries: readonly Entry[], source: Source): void
  customerTypes(): void
  /** The service told everyone of a typing sign or a receipt that this participant gave. */
  sign(signId: string, participantId: string): void
  /** Only a reading of the transcript can say what this was. */
  doubt(): void
  ended(reason: EndReason): void
  /** We may no longer be part of the chat; only the service can tell. */
  outsider(reason: EndReason): void
  /** An earlier conversation can be read now. */
  historyGrew(): void
  named(found: {
    readonly contactId: string | null
    readonly customer: CustomerName | null
    /** Nothing newer is known: it is what the customer is called now. */
    readonly isNewest: boolean
  }): void
}

type Unplaced = Exclude<ServiceItem, PlacedItem>

/** What the service says, turned into entries and into news for the rest of the chat. */
export class Intake {
  readonly #ports: IntakePorts
  readonly #events: IntakeEvents
  readonly #earlier: EarlierTalk
  /** What an outage hid, until it is known how much that was. Null while nothing is being made up for. */
  #missed: Entry[] | null = null
  #newest = -Infinity
  #hasNotedUnplaced = false

  constructor(ports: IntakePorts, events: IntakeEvents) {
    this.#ports = ports
    this.#events = events
    this.#earlier = new EarlierTalk(ports.transcript)
  }

  /** The connection was lost for a while; what the next reading brings was missed. */
  outageBegan(): void {
    this.#missed ??= []
  }

  /** Puts "3 messages arrived while you were offline" before the first of them. */
  outageOver(): void {
    const missed = (this.#missed ?? []).filter(isFromCustomer).sort(compareEntries)
    this.#missed = null
    const first = missed[0]
    const last = missed.at(-1)
    if (first === undefined || last === undefined) return
    this.#ports.transcript.add({
      kind: 'gap',
      id: this.#ports.newId(),
      serviceId: null,
      previousContactId: null,
      at: first.at,
      seq: first.seq - 0.5,
      count: missed.length,
      from: first.at,
      to: last.at,
    })
  }

  /** The whole history was read again. */
  historyRead(): void {
    this.#earlier.read()
    this.#events.taken()
  }

  /** True when it brought something new. */
  take(items: readonly ServiceItem[], source: Source): boolean {
    const placed: PlacedItem[] = []
    const others: Unplaced[] = []
    for (const item of items) {
      if (item.kind === 'event' && item.event === 'rehydrated') this.#announce(item)
      else if (item.kind === 'message' || item.kind === 'attachment' || item.kind === 'event')
        placed.push(item)
      else others.push(item)
    }
    for (const item of others) if (source === 'socket') this.#hear(item)
    if (source !== 'socket') this.#readUnplaced(others)
    const isNews = placed.length > 0 && this.#place(placed, source)
    this.#events.taken()
    return isNews
  }

  /**
   * What the transcript itself has without an id or a time is not there to be shown, and reading it again would not
   * change that. An end or an earlier conversation among it may be anybody's; the service tells of both in other ways.
   */
  #readUnplaced(items: readonly Unplaced[]): void {
    for (const item of items) if (item.kind === 'receipts') this.#ports.transcript.receive(item.receipts)
    const unplaced = items.filter(({ kind }) => kind === 'incomplete' || kind === 'signal').length
    if (unplaced === 0 || this.#hasNotedUnplaced) return
    this.#hasNotedUnplaced = true
    this.#ports.note('items-without-place', { count: unplaced })
  }

  #hear(item: Unplaced): void {
    switch (item.kind) {
      case 'typing':
        if (item.sender.role === 'customer') this.#events.customerTypes()
        return this.#sign(item.signId, [item.sender.participantId])
      case 'receipts':
        this.#sign(
          item.signId,
          item.receipts.map(({ recipientId }) => recipientId),
        )
        if (item.stopped !== null) this.#stopped(item.stopped)
        return this.#ports.transcript.receive(item.receipts)
      case 'signal':
        if (item.event === 'rehydrated') this.#events.historyGrew()
        return item.event === 'ended' ? this.#events.ended('completed') : undefined
      case 'incomplete':
        return this.#events.doubt()
    }
  }

  #announce(item: ServiceEvent): void {
    this.#ports.time.saw(item.at)
    if (this.#earlier.announced(item)) this.#events.historyGrew()
  }

  /** Told before the message itself, it is read with it in the transcript. */
  #stopped({ messageId, why }: { readonly messageId: string; readonly why: Undelivered }): void {
    const { transcript, time } = this.#ports
    const entry = transcript.byServiceId(messageId)
    if (entry === undefined) return this.#events.doubt()
    transcript.deliver(entry.id, { state: 'undelivered', at: time.now(), why })
  }

  /** Only a sign that names one participant is a sign of somebody. */
  #sign(signId: string | null, givers: readonly (string | null)[]): void {
    const [giver, ...others] = new Set(givers)
    if (signId === null || giver === undefined || giver === null || others.length > 0) return
    this.#events.sign(signId, giver)
  }

  #place(items: readonly PlacedItem[], source: Source): boolean {
    for (const item of items) {
      this.#ports.time.saw(item.at)
      this.#events.heard(item)
      if (item.kind === 'message') this.#claim(item)
    }
    if (source === 'socket') this.#watchOrder(items)
    this.#learn(items, source)
    const added = this.#ports.transcript.merge(items, source)
    if (source === 'newer-page') this.#missed?.push(...added)
    this.#events.arrived(added, source)
    const news = new Set(added.map((entry) => entry.serviceId))
    for (const item of items) {
      if (item.kind === 'event') this.#happen(item, news.has(item.serviceId) && source !== 'older-page')
    }
    return added.length > 0
  }

  #claim(item: ServiceMessage): void {
    const { transcript } = this.#ports
    const isOwn = transcript.ownId !== null && item.sender.participantId === transcript.ownId
    if (!isOwn || transcript.byServiceId(item.serviceId) !== undefined) return
    if (item.body.kind === 'text' || item.body.kind === 'markdown') this.#events.claim(item, item.body.text)
  }

  /** Frames that overtook each other may have left others behind. */
  #watchOrder(items: readonly PlacedItem[]): void {
    for (const item of items) {
      const isPartial = item.kind === 'message' && !item.isWhole
      if (isPartial || item.at < this.#newest) this.#events.doubt()
      this.#newest = Math.max(this.#newest, item.at)
    }
  }

  /** Before the items are part of the transcript, so that a new name can be told from the one known so far. */
  #learn(items: readonly PlacedItem[], source: Source): void {
    const contactId = items.findLast((item) => item.contactId !== null)?.contactId ?? null
    const speaker = items.findLast((item) => item.sender?.role === 'customer' && item.sender.name !== null)
    const { name = null, participantId = null } = speaker?.sender ?? {}
    const customer = name === null ? null : { participantId, name }
    this.#events.named({ contactId, customer, isNewest: source !== 'older-page' })
  }

  #happen(item: Extract<PlacedItem, { kind: 'event' }>, isNews: boolean): void {
    // The end of an earlier conversation is history.
    if (item.previousContactId !== null) return
    if (item.event === 'ended') this.#events.ended('completed')
    if (!isNews) return
    const { ownId } = this.#ports.transcript
    const isOurs = ownId !== null && item.sender?.participantId === ownId
    if (item.event === 'transferred') this.#events.outsider('transferred')
    if (item.event === 'left' && isOurs) this.#events.outsider('left')
  }
}
