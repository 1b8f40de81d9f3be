import type { ManualClock } from '../manual-clock.ts'

export interface RawItem {
  readonly Id: string
  readonly AbsoluteTime: string
  readonly Type: string
  readonly [field: string]: unknown
}

export interface Author {
  readonly ParticipantId: string
  readonly DisplayName: string
  readonly ParticipantRole: string
}

export const agent: Author = { ParticipantId: 'agent-1', DisplayName: 'Sam', ParticipantRole: 'AGENT' }
export const customer: Author = {
  ParticipantId: 'customer-1',
  DisplayName: 'Ana',
  ParticipantRole: 'CUSTOMER',
}

/** The conversation as the service has it: the truth every run is judged by. */
export class SimulatedRoom {
  readonly items: RawItem[] = []
  /** How often each client token was acted upon. */
  readonly applied = new Map<string, number>()
  endedAt: number | null = null
  /** The newest message of the agent that the customer has read. */
  newestRead: string | null = null
  readonly #clock: ManualClock
  readonly #skew: number
  #lastAt = 0

  constructor(clock: ManualClock, skew: number) {
    this.#clock = clock
    this.#skew = skew
  }

  /** The service's clock: nothing that happens to the client's moves it. */
  now(): number {
    return Date.UTC(2026, 0, 5, 9) + this.#skew + this.#clock.elapsed
  }

  post(fields: Omit<RawItem, 'Id' | 'AbsoluteTime'> & { readonly Type: string }): RawItem {
    this.#lastAt = Math.max(this.#lastAt, this.now())
    const item: RawItem = {
      ...fields,
      Id: `item-${this.items.length}`,
      AbsoluteTime: new Date(this.#lastAt).toISOString(),
      ContactId: 'contact-1',
      InitialContactId: 'contact-1',
    }
    this.items.push(item)
    return item
  }

  /** The ids of everything that had been said by then. */
  itemsUpTo(at: number): readonly string[] {
    return this.items.filter(({ AbsoluteTime }) => Date.parse(AbsoluteTime) <= at).map(({ Id }) => Id)
  }

  say(text: string, author: Author): RawItem {
    return this.post({ Type: 'MESSAGE', ContentType: 'text/plain', Content: text, ...author })
  }

  happen(event: string, author: Author | null): RawItem {
    const ContentType = `application/vnd.amazonaws.connect.event.${event}`
    return this.post({ Type: 'EVENT', ContentType, ...author })
  }

  /** What the service tells when the customer has read the newest message of somebody; null without one. */
  receiptOfNewest(participantId: string, id: string): RawItem | null {
    const newest = this.items.findLast(
      (item) => item['ParticipantId'] === participantId && item.Type === 'MESSAGE',
    )
    if (newest === undefined) return null
    const at = new Date(this.now()).toISOString()
    const receipt = {
      DeliveredTimestamp: at,
      ReadTimestamp: at,
      RecipientParticipantId: customer.ParticipantId,
    }
    const MessageMetadata = { MessageId: newest.Id, Receipts: [receipt] }
    this.items[this.items.indexOf(newest)] = { ...newest, MessageMetadata }
    this.newestRead = newest.Id
    return { Id: id, AbsoluteTime: at, Type: 'MESSAGEMETADATA', MessageMetadata }
  }

  end(): RawItem {
    this.endedAt = this.now()
    return this.happen('chat.ended', null)
  }
}
