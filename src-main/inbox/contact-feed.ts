import { DeskError } from '#shared/failure.ts'
import { z } from 'zod'
import type { Clock, Stop } from '../chat/clock.ts'
import { Secret } from '../vault/secret.ts'
import type { AcceptedContact, ContactSource, OfferListener } from './contact-source.ts'
import { readEvents } from './event-stream.ts'

export interface FeedPorts {
  readonly clock: Clock
  readonly fetch: typeof fetch
}

export interface FeedAddress {
  readonly instanceId: string
  /** The stream itself; answers are posted below it. */
  readonly url: string
}

const OfferNotice = z.object({
  offerId: z.string().min(1),
  customerName: z.string(),
  queue: z.string().optional(),
  offeredAt: z.iso.datetime(),
  /** Counted from the moment of sending, so that a wrong clock here does not shorten an offer. */
  remainingMs: z.number().nonnegative(),
})

const Closed = z.object({ offerId: z.string() })

const Acceptance = z.object({
  contactId: z.string().min(1),
  participantToken: z.string().min(1),
  customerName: z.string(),
  queue: z.string().optional(),
  attributes: z.record(z.string(), z.string()).optional(),
})

const firstWait = 500
const longestWait = 10_000

/** The customer's own backend offering contacts over server-sent events (contract: README, Contact feed). */
export class ContactFeed implements ContactSource {
  readonly instanceId: string
  readonly #url: string
  readonly #ports: FeedPorts
  readonly #listener: OfferListener
  readonly #closing = new AbortController()
  #stopWaiting: Stop = () => undefined
  #wait = firstWait

  constructor(address: FeedAddress, ports: FeedPorts, listener: OfferListener) {
    this.instanceId = address.instanceId
    this.#url = address.url
    this.#ports = ports
    this.#listener = listener
  }

  /** Listens until closed; a lost stream is opened again, and tells the open offers anew. */
  open(): void {
    void this.#listen()
      .catch(() => undefined)
      .then(() => {
        if (this.#closing.signal.aborted) return
        this.#stopWaiting = this.#ports.clock.after(this.#wait, () => {
          this.open()
        })
        this.#wait = Math.min(this.#wait * 2, longestWait)
      })
  }

  async accept(offerId: string): Promise<AcceptedContact> {
    const response = await this.#post(`offers/${encodeURIComponent(offerId)}/accept`)
    if (response.status === 409 || response.status === 404) {
      this.#listener.withdrawn(offerId)
      throw new DeskError('not-found', 'This offer went to someone else or ran out.', response.status)
    }
    requireSuccess(response)
    const contact = Acceptance.parse(await response.json())
    return {
      contactId: contact.contactId,
      participantToken: new Secret(contact.participantToken),
      customer: contact.customerName,
      queue: contact.queue ?? null,
      attributes: Object.entries(contact.attributes ?? {}).map(([name, value]) => ({ name, value })),
    }
  }

  async reject(offerId: string): Promise<void> {
    await this.#post(`offers/${encodeURIComponent(offerId)}/reject`)
  }

  async wrapUp(contactId: string): Promise<void> {
    requireSuccess(await this.#post(`contacts/${encodeURIComponent(contactId)}/wrap-up`))
  }

  close(): Promise<void> {
    this.#closing.abort()
    this.#stopWaiting()
    return Promise.resolve()
  }

  async #listen(): Promise<void> {
    const response = await this.#ports.fetch(this.#url, {
      headers: { accept: 'text/event-stream' },
      redirect: 'error',
      signal: this.#closing.signal,
    })
    if (!response.ok || response.body === null) return
    this.#wait = firstWait
    for await (const event of readEvents(response.body)) this.#hear(event.name, parseJson(event.body))
  }

  #hear(name: string, body: unknown): void {
    if (name === 'closed') {
      const closed = Closed.safeParse(body)
      if (closed.success) this.#listener.withdrawn(closed.data.offerId)
    }
    if (name !== 'offer') return
    const notice = OfferNotice.safeParse(body)
    if (!notice.success) return
    const { offerId, customerName, queue, offeredAt, remainingMs } = notice.data
    this.#listener.offered({
      offerId,
      customer: customerName,
      instanceId: this.instanceId,
      queue: queue ?? null,
      queuedAt: Date.parse(offeredAt),
      expiresAt: this.#ports.clock.now() + remainingMs,
    })
  }

  async #post(path: string): Promise<Response> {
    try {
      return await this.#ports.fetch(`${this.#url}/${path}`, { method: 'POST', redirect: 'error' })
    } catch {
      throw new DeskError('unreachable', 'The contact feed did not answer. Try again in a moment.')
    }
  }
}

function requireSuccess(response: Response): void {
  if (response.ok) return
  throw new DeskError(
    'service-unavailable',
    'The contact feed could not do this. Try again.',
    response.status,
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
