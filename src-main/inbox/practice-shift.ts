import { DeskError } from '#shared/failure.ts'
import type { Offer } from '#shared/model.ts'
import { ContactFeed, type FeedPorts } from './contact-feed.ts'
import type { AcceptedContact, ContactSource, OfferListener } from './contact-source.ts'
import { practiceInstanceId } from './instances.ts'

/** The embedded service that plays customers. */
export interface PracticeService {
  readonly endpoint: string
  readonly feed: string
  play(story: string): unknown
  close(): Promise<void>
}

export interface PracticePorts extends FeedPorts {
  readonly startService: () => Promise<PracticeService>
  /** A customer who needs no answer to the offer: the chat opens at once. */
  readonly admit: (offer: Offer) => void
}

const defaultStory = 'busy-morning'
/** The first customers walk in, so that a new agent has something to look at; later ones are offered. */
const walkIns = 3

/** Learning with simulated customers: the same feed, service and sockets as real work, on this computer alone. */
export class PracticeShift implements ContactSource {
  readonly instanceId = practiceInstanceId
  readonly endpoint: string
  readonly #service: PracticeService
  readonly #feed: ContactFeed

  constructor(service: PracticeService, feed: ContactFeed) {
    this.#service = service
    this.#feed = feed
    this.endpoint = service.endpoint
  }

  /** Rejects with 'not-found' when there is no story of that name. */
  static async open(
    story: string | null,
    ports: PracticePorts,
    listener: OfferListener,
  ): Promise<PracticeShift> {
    const service = await ports.startService()
    let admitted = 0
    const feed = new ContactFeed({ instanceId: practiceInstanceId, url: service.feed }, ports, {
      offered: (offer) => {
        admitted += 1
        listener.offered(offer)
        if (admitted <= walkIns) ports.admit(offer)
      },
      withdrawn: (offerId) => {
        listener.withdrawn(offerId)
      },
    })
    try {
      service.play(story ?? defaultStory)
    } catch {
      await service.close()
      throw new DeskError('not-found', `There is no practice story called ${story ?? defaultStory}.`)
    }
    return new PracticeShift(service, feed)
  }

  /** Begins to listen. Called once the inbox knows the instance, since the first customers are there already. */
  begin(): void {
    this.#feed.open()
  }

  accept(offerId: string): Promise<AcceptedContact> {
    return this.#feed.accept(offerId)
  }

  reject(offerId: string): Promise<void> {
    return this.#feed.reject(offerId)
  }

  wrapUp(contactId: string): Promise<void> {
    return this.#feed.wrapUp(contactId)
  }

  async close(): Promise<void> {
    await this.#feed.close()
    await this.#service.close()
  }
}
