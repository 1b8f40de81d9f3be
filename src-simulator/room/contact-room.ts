import type { SimulatorClock, Stop } from '../clock.ts'
import { isoTime } from '../clock.ts'
import type { Mint } from '../mint.ts'
import type { SwitchBoard } from '../switches.ts'
import type { Attachment } from './attachment.ts'
import { ClientTokenBook } from './client-token-book.ts'
import { contentTypes } from './content-types.ts'
import type { Participant } from './participant.ts'
import { authorOf } from './participant.ts'
import { ReceiptBook } from './receipt-book.ts'
import type { Draft, ParticipantRole, TranscriptItem } from './transcript-item.ts'
import { TranscriptLog } from './transcript-log.ts'

export type RoomSpec = Readonly<{
  customerName: string
  attributes: Readonly<Record<string, string>>
  queue: string
  supportedContentTypes: readonly string[]
  /** The ended conversation that this one continues. */
  past: ContactRoom | undefined
}>

/** An item on its way to everyone who is connected. */
export type Delivery = Readonly<{
  room: ContactRoom
  item: TranscriptItem
  /** The participant whose own action this is. */
  origin?: string | undefined
  /** A participant who does not get it. */
  except?: string | undefined
}>

export interface RoomObserver {
  admitted(room: ContactRoom, participant: Participant): void
  departed(room: ContactRoom, participants: readonly Participant[]): void
  deliver(delivery: Delivery): void
}

export type RoomTools = Readonly<{
  clock: SimulatorClock
  mint: Mint
  switches: SwitchBoard
  observer: RoomObserver
}>

type PostOptions = Readonly<{ stored?: boolean; at?: number; origin?: string; except?: string | undefined }>

export type TypingSeen = Readonly<{ participantId: string; role: ParticipantRole; time: string }>

/** One contact and, after a transfer, the contacts that follow it: who is there, what was said, who may act. */
export class ContactRoom {
  readonly spec: RoomSpec
  readonly initialContactId: string
  readonly log = new TranscriptLog()
  readonly receipts = new ReceiptBook()
  readonly clientTokens: ClientTokenBook
  readonly attachments = new Map<string, Attachment>()
  readonly typing: TypingSeen[] = []
  /** Items of the conversations before this one, oldest first. */
  readonly past: readonly TranscriptItem[]
  readonly #tools: RoomTools
  readonly #participants: Participant[] = []
  readonly #segments: { readonly contactId: string; readonly from: number }[] = []
  readonly #listeners = new Set<(item: TranscriptItem) => void>()
  #lastTime = 0
  #endedAt: number | undefined

  constructor(spec: RoomSpec, tools: RoomTools) {
    this.spec = spec
    this.#tools = tools
    this.initialContactId = tools.mint.id()
    this.#segments.push({ contactId: this.initialContactId, from: 0 })
    this.past = spec.past ? spec.past.#asPast() : []
    this.clientTokens = new ClientTokenBook(
      () => tools.clock.trueNow(),
      () => tools.switches.now.forgetClientTokenAfterMs,
    )
  }

  get contactId(): string {
    return this.#segments.at(-1)?.contactId ?? this.initialContactId
  }

  get contactIds(): readonly string[] {
    return this.#segments.map((segment) => segment.contactId)
  }

  get participants(): readonly Participant[] {
    return this.#participants
  }

  get endedAt(): number | undefined {
    return this.#endedAt
  }

  /** The part of the log that belongs to one contact of the chain. */
  rangeOf(contactId: string): { readonly from: number; readonly to: number } | undefined {
    const index = this.#segments.findIndex((segment) => segment.contactId === contactId)
    const segment = this.#segments[index]
    return segment && { from: segment.from, to: this.#segments[index + 1]?.from ?? this.log.length }
  }

  onItem(listener: (item: TranscriptItem) => void): Stop {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  admit(role: ParticipantRole, displayName: string): Participant {
    const { mint, observer } = this.#tools
    const participant: Participant = {
      id: mint.id(),
      role,
      displayName,
      token: mint.token('PT'),
      presence: 'expected',
    }
    this.#participants.push(participant)
    observer.admitted(this, participant)
    return participant
  }

  /** The newest participant of a role who has not left. */
  participantAs(role: ParticipantRole): Participant | undefined {
    return this.#participants.findLast((one) => one.role === role && one.presence !== 'gone')
  }

  /** Makes an item, tells everyone, and keeps it unless `stored` is false. */
  post(draft: Draft, options: PostOptions = {}): TranscriptItem {
    const { stored = true, at, origin, except } = options
    const item: TranscriptItem = {
      ...draft,
      Id: draft.Id ?? this.#tools.mint.id(),
      AbsoluteTime: this.#stamp(at),
      ...(draft.Type !== 'MESSAGEMETADATA' && { ContactId: this.contactId }),
    }
    if (stored) this.log.append(item)
    this.publish(item, { origin, except })
    return item
  }

  /** Many at once, as after an outage: their times end now, one millisecond apart. */
  postMany(drafts: readonly Draft[]): readonly TranscriptItem[] {
    const first = this.#tools.clock.now() - drafts.length + 1
    return drafts.map((draft, index) => this.post(draft, { at: first + index }))
  }

  publish(item: TranscriptItem, to: { origin?: string | undefined; except?: string | undefined } = {}): void {
    this.#tools.observer.deliver({ room: this, item, ...to })
    for (const listener of [...this.#listeners]) listener(item)
  }

  /** A time no other item of this room has, and later than all before it. */
  nextTime(): string {
    return this.#stamp(undefined)
  }

  join(participant: Participant, at?: number): TranscriptItem | undefined {
    if (participant.presence !== 'expected') return undefined
    participant.presence = 'present'
    return this.postEvent(contentTypes.joined, { by: participant, ...(at !== undefined && { at }) })
  }

  postEvent(
    contentType: string,
    options: {
      by?: Participant | undefined
      content?: string | undefined
      stored?: boolean
      at?: number
    } = {},
  ): TranscriptItem {
    const { by, content, stored = true, at } = options
    return this.post(
      {
        Type: 'EVENT',
        ContentType: contentType,
        ...(content !== undefined && { Content: content }),
        ...(by && authorOf(by)),
      },
      { stored, ...(at !== undefined && { at }), ...(by && { origin: by.id }) },
    )
  }

  leave(participant: Participant): TranscriptItem {
    const left = this.postEvent(contentTypes.left, { by: participant })
    this.dismiss(participant)
    return left
  }

  /** Takes every right from a participant without a word to the others. */
  dismiss(participant: Participant): void {
    participant.presence = 'gone'
    this.#tools.observer.departed(this, [participant])
  }

  end(by?: Participant, at?: number): TranscriptItem | undefined {
    if (this.#endedAt !== undefined) return undefined
    const when = at === undefined ? {} : { at }
    const { eventOrderAtEnd, endedNamesParticipant } = this.#tools.switches.now
    const sayLeft = (): unknown => by && this.postEvent(contentTypes.left, { by, ...when })
    if (eventOrderAtEnd === 'left-then-ended') sayLeft()
    const ended = this.postEvent(contentTypes.ended, { ...(endedNamesParticipant && { by }), ...when })
    if (eventOrderAtEnd === 'ended-then-left') sayLeft()
    this.#endedAt = this.#tools.clock.trueNow()
    this.#tools.observer.departed(this, this.#participants)
    return ended
  }

  /** The agent hands over: the conversation goes on as a new contact with a new agent. */
  transfer(from: Participant, agentName: string): { event: TranscriptItem; agent: Participant } {
    const order = this.#tools.switches.now.eventOrderAtTransfer
    if (order === 'left-then-transfer') this.postEvent(contentTypes.left, { by: from })
    const event = this.postEvent(contentTypes.transferSucceeded, { by: from })
    if (order === 'transfer-then-left') this.postEvent(contentTypes.left, { by: from })
    this.dismiss(from)
    this.#segments.push({ contactId: this.#tools.mint.id(), from: this.log.length })
    return { event, agent: this.admit('AGENT', agentName) }
  }

  #stamp(at: number | undefined): string {
    this.#lastTime = Math.max(Math.round(at ?? this.#tools.clock.now()), this.#lastTime + 1)
    return isoTime(this.#lastTime)
  }

  #asPast(): readonly TranscriptItem[] {
    const own = this.log.all.map(({ ContactId, ...item }) => ({
      ...item,
      RelatedContactId: ContactId ?? this.initialContactId,
    }))
    return [...this.past, ...own]
  }
}
