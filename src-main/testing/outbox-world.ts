import { ChatId } from '#shared/model.ts'
import { Outbox } from '../chat/outbox.ts'
import { PlainWords } from '../chat/plain-words.ts'
import type { Accepted, Call } from '../participant/participant-api.ts'
import { ServiceError } from '../participant/service-error.ts'
import type { OutboxMessage } from '../store/conversation-store.ts'
import { ManualClock } from './manual-clock.ts'
import { MemoryStore } from './memory-store.ts'

export const chatId = ChatId.parse('chat-1')

export type Fate = 'accept' | 'lose-answer' | 'cut' | 'hang' | ServiceError

/** An outbox whose service does with each try what the test says. */
export class OutboxWorld {
  readonly clock = new ManualClock()
  readonly store = new MemoryStore()
  readonly outbox: Outbox
  /** What happens to the next tries; after that they are accepted. */
  readonly fates: Fate[] = []
  /** What the service has, in its order. */
  readonly arrived: string[] = []
  readonly tokens: string[] = []
  readonly types: string[] = []
  readonly told: string[] = []
  /** The service's memory of client tokens ends here. */
  forgetsTokens = false
  /** Resolves when calls may go out. */
  turn: Promise<void> = Promise.resolve()
  /** A reading does not show what the service has, or not yet. */
  readingMisses = false
  /** The newest thing known of the service's clock. */
  serviceTime = -Infinity
  proofsAsked = 0
  readonly #remembered = new Map<string, Accepted>()
  readonly #claimed = new Set<string>()
  #seq = 0

  constructor(restored: readonly OutboxMessage[] = []) {
    const plainWords = new PlainWords(() => 'another token')
    this.outbox = new Outbox(
      {
        clock: this.clock,
        store: this.store,
        backoff: () => 100,
        floor: () => -Infinity,
        latestServiceTime: () => this.serviceTime,
        send: (message, call) => this.#send(message, call),
        findSent: ({ content }) => this.#unclaimed(content),
        instead: (message, refusal) => plainWords.instead(message, refusal),
        note: () => undefined,
      },
      {
        queued: ({ content }) => this.told.push(`${content} queued`),
        replaced: ({ content, contentType }) => this.told.push(`${content} is ${contentType}`),
        leaving: ({ content }) => this.told.push(`${content} leaving`),
        delayed: ({ content }, { code }) => this.told.push(`${content} delayed: ${code}`),
        accepted: ({ content }, { serviceId }) => {
          this.#claimed.add(serviceId)
          this.told.push(`${content} is ${serviceId}`)
        },
        failed: ({ content }, { code }) => this.told.push(`${content} failed: ${code}`),
        proofNeeded: () => (this.proofsAsked += 1),
      },
    )
    this.outbox.restore(restored)
  }

  message(content: string, change: Partial<OutboxMessage> = {}): OutboxMessage {
    this.#seq += 1
    return {
      chatId,
      entryId: `own-${content}`,
      clientToken: `token ${content}`,
      contentType: 'text/plain',
      content,
      queuedAt: this.clock.now(),
      seq: this.#seq,
      state: { state: 'queued' },
      ...change,
    }
  }

  add(content: string, change: Partial<OutboxMessage> = {}): Promise<void> {
    return this.outbox.add(this.message(content, change))
  }

  /** The service took this from an earlier run. */
  has(content: string): void {
    this.#accept('an earlier token', content)
  }

  /** The transcript is read to its end. */
  prove(): void {
    this.outbox.readingBegan()
    this.outbox.readingAsks()
    this.outbox.readingProves()
  }

  async #send(message: OutboxMessage, { signal, leaving }: Required<Call>): Promise<Accepted> {
    const { clientToken, content, contentType } = message
    await Promise.race([this.turn, until(signal)])
    leaving()
    this.tokens.push(clientToken)
    this.types.push(contentType)
    const fate = this.fates.shift() ?? 'accept'
    if (fate instanceof ServiceError) throw fate
    if (fate === 'hang') return until(signal)
    if (fate === 'cut') throw new ServiceError('unreachable', 'cut')
    const accepted = this.#accept(clientToken, content)
    if (fate === 'lose-answer') throw new ServiceError('unreachable', 'cut')
    return accepted
  }

  #unclaimed(content: string): Accepted | null {
    const accepted = this.#remembered.get(content)
    if (accepted === undefined || this.readingMisses || this.#claimed.has(accepted.serviceId)) return null
    return accepted
  }

  #accept(clientToken: string, content: string): Accepted {
    const known = this.forgetsTokens ? undefined : this.#remembered.get(clientToken)
    if (known !== undefined) return known
    this.arrived.push(content)
    const accepted = { serviceId: `item-${this.arrived.length}`, at: this.clock.now() }
    this.#remembered.set(clientToken, accepted)
    this.#remembered.set(content, accepted)
    return accepted
  }
}

function until(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new ServiceError('cancelled', 'given up')))
  })
}

/** The line is up, and the next tries go as told. */
export async function anOpenOutbox(...fates: readonly Fate[]): Promise<OutboxWorld> {
  const world = new OutboxWorld()
  world.fates.push(...fates)
  world.outbox.open()
  await world.clock.advance(0)
  return world
}
