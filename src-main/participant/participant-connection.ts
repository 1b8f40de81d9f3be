import type { Failure } from '#shared/failure.ts'
import { DeskError } from '#shared/failure.ts'
import type { Clock, Stop } from '../chat/clock.ts'
import type { Note } from '../chat/note.ts'
import type { Secret } from '../vault/secret.ts'
import type { OpenSocket } from './chat-socket.ts'
import { ChatSocket } from './chat-socket.ts'
import { createLineCalls } from './line-calls.ts'
import type { ConnectionDetails, ParticipantApi, WantedConnection } from './participant-api.ts'
import type { KeptTokens, LineCalls, LineEvents, ParticipantLine } from './participant-line.ts'
import { codeOf, isRefusal, ServiceError } from './service-error.ts'
import { TokenRenewal } from './token-renewal.ts'

export interface ConnectionPorts {
  readonly api: ParticipantApi
  readonly openSocket: OpenSocket
  readonly clock: Clock
  readonly newId: () => string
  readonly note: Note
}

const everything: WantedConnection = {
  types: ['WEBSOCKET', 'CONNECTION_CREDENTIALS'],
  connectParticipant: true,
}
/** For a participant who is not given a socket: calls need none. */
const withoutSocket: WantedConnection = { types: ['CONNECTION_CREDENTIALS'], connectParticipant: true }
const noSocket: Failure = {
  code: 'refused',
  message: 'The service gives this chat no live connection. Messages are read every few seconds.',
}

/** The service closes an unopened URL after 100 s; the margin is for the handshake. */
const urlGoodFor = 85_000
const longestSocketLife = 59 * 60_000
const rotationMargin = 5 * 60_000
const tryAgainIn = 10_000
/** A reason made once: the default one is an exception with a stack, made anew for every call that is given up. */
const givenUp = 'given up'

/** Tokens, sockets and their planned renewal. A replaced socket closes only once its successor is subscribed. */
export class ParticipantConnection implements ParticipantLine {
  readonly calls: LineCalls
  readonly #ports: ConnectionPorts
  readonly #events: LineEvents
  readonly #tokens: TokenRenewal
  #generation = 0
  #dialling = new AbortController()
  #socket: ChatSocket | null = null
  #successor: ChatSocket | null = null
  #stopRotation: Stop | null = null
  /** The generation whose socket is being replaced. */
  #rotating: number | null = null
  #host: string | null = null

  constructor(ports: ConnectionPorts, tokens: KeptTokens, events: LineEvents) {
    this.#ports = ports
    this.#events = events
    this.#tokens = new TokenRenewal(ports, tokens, {
      admitted: () => this.#events.admitted(),
      serviceTime: (at) => this.#events.serviceTime(at),
      refused: (error) => this.#report(error),
    })
    this.calls = createLineCalls({
      api: ports.api,
      newId: ports.newId,
      token: () => this.#tokens.current,
      chain: (chainId) => this.#events.chain(chainId),
      renew: (refused) => this.#tokens.renewed(refused),
      serviceTime: (at) => this.#events.serviceTime(at),
    })
  }

  get hasToken(): boolean {
    return this.#tokens.current !== null
  }

  dial(): void {
    this.hangUp()
    void this.#dial(this.#generation, this.#dialling.signal)
  }

  hangUp(): void {
    this.#generation += 1
    this.#dialling.abort(givenUp)
    this.#dialling = new AbortController()
    this.#stopRotation?.()
    this.#tokens.stop()
    this.#successor?.close()
    this.#socket?.close()
    this.#successor = null
    this.#socket = null
    this.#ports.api.dropIdleConnections()
  }

  probe(within: number): void {
    this.#socket?.probe(within)
  }

  replaceSocket(): void {
    if (this.#socket !== null && !this.#isRotating) this.#rotateIn(0)
  }

  forget(): void {
    this.hangUp()
    this.#tokens.forget()
  }

  async #dial(generation: number, signal: AbortSignal): Promise<void> {
    try {
      const url = await this.#freshUrl(generation, signal)
      if (generation !== this.#generation) return
      this.#host = url === null ? null : hostOf(url)
      if (url === null) {
        this.#lost(noSocket)
        return
      }
      this.#socket = this.#open(url, {
        up: () => this.#events.up(),
        down: (failure) => this.#lost(failure),
      })
    } catch (error) {
      if (generation !== this.#generation) return
      this.#report(error)
    }
  }

  /** A URL the service has just given out, with its token and the plans for both. Null when it gives none. */
  async #freshUrl(generation: number, signal: AbortSignal, isSecondTry = false): Promise<Secret | null> {
    const askedAt = this.#ports.clock.now()
    const details = await this.#connect(signal)
    const took = this.#ports.clock.now() - askedAt
    if (details.credentials === null) {
      throw new ServiceError('service-unavailable', 'The service gave an incomplete answer.')
    }
    // The computer slept in between, or its clock was set: the URL may be spent.
    if ((took > urlGoodFor || took < 0) && !isSecondTry) return this.#freshUrl(generation, signal, true)
    if (generation === this.#generation) {
      this.#tokens.take(details.credentials)
      if (details.socket !== null) this.#planRotation(details.socket.lifetime)
      this.#events.callable()
    }
    return details.socket?.url ?? null
  }

  /** Some agents are refused a socket: they are let in without one. */
  async #connect(signal: AbortSignal): Promise<ConnectionDetails> {
    try {
      return await this.#tokens.create(everything, signal)
    } catch (error) {
      if (codeOf(error) !== 'refused' || signal.aborted) throw error
      this.#ports.note('socket-refused')
      return this.#tokens.create(withoutSocket, signal)
    }
  }

  get #isRotating(): boolean {
    return this.#rotating === this.#generation
  }

  #planRotation(granted: number | null): void {
    const lifetime = granted ?? 2 * longestSocketLife
    const margin = Math.min(rotationMargin, lifetime / 4)
    this.#rotateIn(Math.min(longestSocketLife, Math.max(lifetime - margin, 1000)))
  }

  #rotateIn(delay: number): void {
    this.#stopRotation?.()
    this.#stopRotation = this.#ports.clock.after(delay, () => void this.#rotate(this.#generation))
  }

  async #rotate(generation: number): Promise<void> {
    // One successor at a time: of two, one would be left over with nobody listening.
    if (this.#isRotating) {
      this.#rotateIn(tryAgainIn)
      return
    }
    this.#rotating = generation
    try {
      const url = await this.#freshUrl(generation, this.#dialling.signal)
      if (generation !== this.#generation) return
      if (url === null) {
        this.#rotationFailed(generation, noSocket)
        return
      }
      this.#successor = this.#open(url, {
        up: () => this.#succeed(),
        down: (failure) => this.#rotationFailed(generation, failure),
      })
    } catch (error) {
      if (generation !== this.#generation) return
      if (isRefusal(error)) {
        this.#report(error)
        return
      }
      this.#rotationFailed(generation, error)
    }
  }

  #succeed(): void {
    this.#socket?.close()
    this.#socket = this.#successor
    this.#successor = null
    this.#rotating = null
    this.#ports.note('socket-rotated')
    this.#events.up()
  }

  /** The old socket still serves; when it goes, that is another matter. */
  #rotationFailed(generation: number, why: unknown): void {
    this.#ports.note('rotation-failed', { code: codeOf(why) })
    this.#successor = null
    if (generation !== this.#generation) return
    this.#rotating = null
    this.#rotateIn(tryAgainIn)
  }

  #open(url: Secret, then: { up: () => void; down: (failure: Failure) => void }): ChatSocket {
    const socket: ChatSocket = new ChatSocket(this.#ports.openSocket, url, {
      clock: this.#ports.clock,
      events: {
        up: then.up,
        item: (item) => this.#events.item(item),
        unreadable: () => this.#events.unreadable(),
        // A socket that has become the current one no longer dies as a mere candidate.
        down: (failure) => (socket === this.#socket ? this.#lost(failure) : then.down(failure)),
      },
    })
    return socket
  }

  #lost(failure: Failure): void {
    this.hangUp()
    this.#events.down(failure, { host: this.#host })
  }

  #report(error: unknown): void {
    this.hangUp()
    const failure = failureOf(error)
    if (isRefusal(error)) this.#events.refused(failure)
    else this.#events.down(failure)
  }
}

function hostOf(url: Secret): string | null {
  const address = url.reveal()
  return URL.canParse(address) ? new URL(address).host : null
}

function failureOf(error: unknown): Failure {
  return error instanceof DeskError
    ? error.failure
    : { code: 'internal', message: 'Connecting failed in an unexpected way.' }
}
