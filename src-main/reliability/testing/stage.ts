import { randomUUID } from 'node:crypto'
import type { ContactHandle } from '#simulator/contact-handle.ts'
import type { Operation } from '#simulator/service/operations.ts'
import type { Simulator } from '#simulator/simulator.ts'
import { createBackoff } from '../../chat/backoff.ts'
import { aroundCalls } from '../../participant/around-calls.ts'
import { lineOpener } from '../../participant/open-line.ts'
import type { ParticipantLine } from '../../participant/participant-line.ts'
import { repeatedReadings } from '../../participant/repeated-readings.ts'
import { loggedCalls } from '../../participant/request-log.ts'
import { createWsSocketOpener } from '../../participant/ws-socket.ts'
import { systemClock } from '../../platform/system-clock.ts'
import { newTokens } from '../../testing/new-tokens.ts'
import { aRealWorld } from '../../testing/real-chat.ts'
import type { WiredChat } from '../../testing/wired-chats.ts'
import { isLive, WiredChats } from '../../testing/wired-chats.ts'

interface LoggedCall {
  readonly event: string
  readonly operation?: unknown
  readonly failure?: unknown
}

export const customer = 'Ana'

/** One customer and one agent at a service that others use as well, wired as the app wires them. */
export class Stage {
  readonly simulator: Simulator
  readonly contact: ContactHandle
  readonly chats: WiredChats
  readonly folder: string
  readonly #requestTimeout: number
  readonly #notes: LoggedCall[] = []
  readonly #closing: (() => void)[] = []

  constructor(
    simulator: Simulator,
    { folder, requestTimeout }: { readonly folder: string; readonly requestTimeout: number },
  ) {
    this.simulator = simulator
    this.folder = folder
    this.#requestTimeout = requestTimeout
    this.contact = simulator.contact({ customerName: customer })
    this.chats = new WiredChats({
      endpoint: simulator.endpoint,
      client: { requestTimeout, logRequests: true, ...impatience },
    })
  }

  get token(): string {
    return this.contact.agent.participantToken
  }

  async liveChat(): Promise<WiredChat> {
    const chat = await this.chats.open(this.token)
    chat.session.setActive(true)
    await chat.until(isLive)
    return chat
  }

  /** The app's way to the service for what no chat asks for by itself. */
  async line(): Promise<ParticipantLine> {
    const { client, scheduler } = aRealWorld(this.simulator.endpoint, {
      requestTimeout: this.#requestTimeout,
    })
    const note = (event: string, facts: object = {}): void => void this.#notes.push({ event, ...facts })
    const shape = { base: impatience.backoffBase, cap: impatience.backoffCap }
    const repeat = repeatedReadings({
      clock: systemClock,
      backoff: createBackoff(() => 1, shape),
      attempts: 3,
    })
    const api = aroundCalls(client, loggedCalls(systemClock, note))
    const openSocket = createWsSocketOpener(() => undefined, this.simulator.endpoint)
    const ports = { api, repeat, scheduler, clock: systemClock, newId: randomUUID, note, openSocket }
    const open = lineOpener(ports, newTokens(this.token))
    return new Promise((resolve) => {
      const silent = (): void => undefined
      const chat = { callable: silent, admitted: silent, refused: silent }
      const socket = { item: silent, unreadable: silent, down: silent }
      const about = { chain: silent, reachable: silent, serviceTime: silent }
      const line = open({ ...chat, ...socket, ...about, up: () => resolve(line) }, () => true)
      this.#closing.push(() => line.forget())
      line.dial()
    })
  }

  /** The calls the service saw, in order. */
  calls(operation: Operation): ReturnType<Simulator['requests']> {
    const { contactId } = this.contact
    return this.simulator.requests({ operation }).filter((request) => request.contactId === contactId)
  }

  /** The failures the port gave for these calls, in order. */
  failures(operation: Operation): readonly string[] {
    return this.#logged(operation).flatMap(({ failure }) => (typeof failure === 'string' ? [failure] : []))
  }

  /** How many calls have ended at the port, in whatever way. */
  answered(operation: Operation): number {
    return this.#logged(operation).length
  }

  async close(): Promise<void> {
    for (const close of this.#closing) close()
    await this.chats.close()
  }

  #logged(operation: Operation): readonly LoggedCall[] {
    const all: readonly LoggedCall[] = [...this.chats.lines, ...this.#notes]
    return all.filter((line) => line.event === 'call' && line.operation === operation)
  }
}

const impatience = { backoffBase: 10, backoffCap: 40 }
