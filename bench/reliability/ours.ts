import type { ContactHandle } from '#simulator/contact-handle.ts'
import type { RateLimits } from '../../src-main/participant/rate-scheduler.ts'
import { RateScheduler } from '../../src-main/participant/rate-scheduler.ts'
import { systemClock } from '../../src-main/platform/system-clock.ts'
import { eventually } from '../../src-main/reliability/testing/eventually.ts'
import type { RealChat, RealWorld } from '../../src-main/testing/real-chat.ts'
import { aRealChat, aRealWorld } from '../../src-main/testing/real-chat.ts'
import type { Contender, ContenderChat, Desk } from './contender.ts'

const connectsWithin = 30_000

/** Parley's session engine with the real SDK and real sockets; the chats of one desk share its rate scheduler. */
export function parley(limits?: RateLimits): Contender {
  return { name: 'Parley', openDesk: (endpoint) => new OurDesk(endpoint, limits) }
}

class OurDesk implements Desk {
  readonly #world: RealWorld
  readonly #chats: RealChat[] = []

  constructor(endpoint: string, limits: RateLimits | undefined) {
    const world = aRealWorld(endpoint)
    this.#world =
      limits === undefined ? world : { ...world, scheduler: new RateScheduler(systemClock, limits) }
  }

  async open(contact: ContactHandle): Promise<ContenderChat> {
    const chat = await aRealChat(this.#world, contact.agent)
    this.#chats.push(chat)
    chat.session.open()
    await chat.until((session) => session.summary().link.phase === 'live', connectsWithin)
    return new OurChat(chat)
  }

  networkChanged(isOnline: boolean): void {
    for (const { session } of this.#chats) session.networkChanged(isOnline)
  }

  resumed(): void {
    for (const { session } of this.#chats) session.resumed()
  }

  async close(): Promise<void> {
    await Promise.all(this.#chats.map(({ session }) => session.close()))
  }
}

class OurChat implements ContenderChat {
  readonly #chat: RealChat

  constructor(chat: RealChat) {
    this.#chat = chat
  }

  shownIds(): readonly string[] {
    return this.#chat.session.entries().flatMap(({ serviceId }) => (serviceId === null ? [] : [serviceId]))
  }

  isLive(): boolean {
    return this.#chat.session.summary().link.phase === 'live'
  }

  untilTrouble(within: number): Promise<number | null> {
    const since = performance.now()
    return this.#chat
      .until((session) => session.summary().link.phase !== 'live', within)
      .then(
        () => performance.now() - since,
        () => null,
      )
  }

  show(): void {
    this.#chat.session.setActive(true)
  }

  async send(text: string): Promise<void> {
    await this.#chat.session.send({ text, contentType: 'text/plain' })
  }

  waiting(): number {
    const { waiting, failed } = this.#chat.session.summary().outbox
    return waiting + failed
  }

  async upload({ path }: { path: string }): Promise<'delivered' | 'failed'> {
    const { uploads } = this.#chat.session
    const { uploadId } = await uploads.stage(path)
    await uploads.send([uploadId])
    return this.#outcomeOf(uploadId)
  }

  async retryUploads(): Promise<void> {
    const { uploads } = this.#chat.session
    for (const { uploadId, state } of uploads.list()) {
      if (state.phase !== 'failed') continue
      await uploads.retry(uploadId)
      await this.#outcomeOf(uploadId)
    }
  }

  async #outcomeOf(uploadId: string): Promise<'delivered' | 'failed'> {
    const { uploads } = this.#chat.session
    const phase = () => uploads.list().find((upload) => upload.uploadId === uploadId)?.state.phase ?? 'gone'
    await eventually(() => ['failed', 'delivered', 'gone'].includes(phase()), 20_000)
    return phase() === 'delivered' ? 'delivered' : 'failed'
  }
}
