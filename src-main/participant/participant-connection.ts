import type { Failure } from '#shared/failure.ts'
import { DeskError } from '#shared/failure.ts'
import type { Clock, Stop } from '../chat/clock.ts'
import type { Note } from '../chat/note.ts'
import type { Secret } from '../vault/secret.ts'
import type { OpenSocket } from './chat-socket.ts'
import { ChatSocket } from './chat-socket.ts'
import { createLineCalls } from './line-calls.ts'
import type { ConnectionDetails, ParticipantApi, WantedConnection } from './participant-api.ts'
import type { LineCalls, LineEvents, ParticipantLine } from './participant-line.ts'
import { ServiceError } from './service-error.ts'

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
const credentialsOnly: WantedConnection = { types: ['CONNECTION_CREDENTIALS'], connectParticipant: false }

/** The service closes an unopened URL after 100 s; the margin is for the handshake. */
const urlGoodFor = 85_000
const longestSocketLife = 59 * 60_000
const rotationMargin = 5 * 60_000
const renewalMargin = 60_000
const usualTokenLife = 12 * 60 * 60_000
const tryAgainIn = 10_000

/** Tokens, sockets and their planned renewal. A replaced socket closes only once its successor is subscribed. */
export class ParticipantConnection implements ParticipantLine {
  readonly calls: LineCalls
  readonly #ports: ConnectionPorts
  readonly #events: LineEvents
  #participantToken: Secret | null
  #token: Secret | null = null
  #renewing: Promise<Secret> | null = null
  #generation = 0
  #dialling = new AbortController()
  #socket: ChatSocket | null = null
  #successor: ChatSocket | null = null
  #stopRotation: Stop | null = null
  #stopRenewal: Stop | null = null

  constructor(ports: ConnectionPorts, participantToken: Secret, events: LineEvents) {
    this.#ports = ports
    this.#participantToken = participantToken
    this.#events = events
    this.calls = createLineCalls({
      api: ports.api,
      newId: ports.newId,
      token: () => this.#token,
      renew: (refused) => this.#renewed(refused),
      serviceTime: (at) => this.#events.serviceTime(at),
    })
  }

  dial(): void {
    this.hangUp()
    void this.#dial(this.#generation, this.#dialling.signal)
  }

  hangUp(): void {
    this.#generation += 1
    this.#dialling.abort()
    this.#dialling = new AbortController()
    this.#stopRotation?.()
    this.#stopRenewal?.()
    this.#successor?.close()
    this.#socket?.close()
    this.#successor = null
    this.#socket = null
    this.#ports.api.dropIdleConnections()
  }

  probe(within: number): void {
    this.#socket?.probe(within)
  }

  forget(): void {
    this.hangUp()
    this.#participantToken = null
    this.#token = null
  }

  async #dial(generation: number, signal: AbortSignal): Promise<void> {
    try {
      const url = await this.#freshUrl(generation, signal)
      if (generation !== this.#generation) return
      this.#socket = this.#open(url, {
        up: () => this.#events.up(),
        down: (failure) => this.#lost(failure),
      })
    } catch (error) {
      if (generation !== this.#generation) return
      this.#report(error)
    }
  }

  /** A URL the service has just given out, with its token and the plans for both. */
  async #freshUrl(generation: number, signal: AbortSignal): Promise<Secret> {
    const askedAt = this.#ports.clock.now()
    const details = await this.#create(everything, signal)
    const took = this.#ports.clock.now() - askedAt
    if (details.socket === null || details.credentials === null) {
      throw new ServiceError('service-unavailable', 'The service gave an incomplete answer.')
    }
    // The computer slept in between, or its clock was set: the URL may be spent.
    if (took > urlGoodFor || took < 0) return this.#freshUrl(generation, signal)
    if (generation === this.#generation) {
      this.#accept(details)
      this.#planRotation(details.socket.lifetime)
    }
    return details.socket.url
  }

  async #create(wanted: WantedConnection, signal?: AbortSignal): Promise<ConnectionDetails> {
    if (this.#participantToken === null) {
      throw new ServiceError('chat-ended', 'The chat is over.')
    }
    const call = signal === undefined ? {} : { signal }
    const details = await this.#ports.api.createConnection(this.#participantToken, wanted, call)
    if (details.at !== null) this.#events.serviceTime(details.at)
    return details
  }

  #accept(details: ConnectionDetails): void {
    if (details.credentials === null || this.#participantToken === null) return
    this.#token = details.credentials.token
    const lifetime = details.credentials.lifetime ?? usualTokenLife
    this.#planRenewal(Math.max(lifetime - renewalMargin, lifetime / 2))
  }

  #planRenewal(delay: number): void {
    this.#stopRenewal?.()
    this.#stopRenewal = this.#ports.clock.after(Math.max(delay, 1000), () => {
      this.#renewed(this.#token).catch((error: unknown) => {
        this.#ports.note('token-renewal-failed', { code: codeOf(error) })
        if (this.#socket !== null) this.#planRenewal(tryAgainIn)
      })
    })
  }

  /** A token other than the refused one. Callers at the same time share one renewal. */
  async #renewed(refused: Secret | null): Promise<Secret> {
    if (this.#token !== null && this.#token !== refused) return this.#token
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = null
    })
    return this.#renewing
  }

  async #renew(): Promise<Secret> {
    const generation = this.#generation
    try {
      const details = await this.#create(credentialsOnly)
      if (details.credentials === null) {
        throw new ServiceError('service-unavailable', 'The service gave an incomplete answer.')
      }
      if (generation === this.#generation) this.#accept(details)
      return details.credentials.token
    } catch (error) {
      if (generation === this.#generation && isRefusal(error)) this.#report(error)
      throw error
    }
  }

  #planRotation(granted: number | null): void {
    const lifetime = granted ?? longestSocketLife
    const margin = Math.min(rotationMargin, lifetime / 4)
    this.#rotateIn(Math.min(longestSocketLife, Math.max(lifetime - margin, 1000)))
  }

  #rotateIn(delay: number): void {
    this.#stopRotation?.()
    this.#stopRotation = this.#ports.clock.after(delay, () => void this.#rotate(this.#generation))
  }

  async #rotate(generation: number): Promise<void> {
    try {
      const url = await this.#freshUrl(generation, this.#dialling.signal)
      if (generation !== this.#generation) return
      this.#successor = this.#open(url, {
        up: () => this.#succeed(),
        down: (failure) => this.#rotationFailed(generation, failure),
      })
    } catch (error) {
      if (generation !== this.#generation) return
      if (isRefusal(error)) return this.#report(error)
      this.#rotationFailed(generation, error)
    }
  }

  #succeed(): void {
    this.#socket?.close()
    this.#socket = this.#successor
    this.#successor = null
    this.#ports.note('socket-rotated')
    this.#events.up()
  }

  /** The old socket still serves; when it goes, that is another matter. */
  #rotationFailed(generation: number, why: unknown): void {
    this.#ports.note('rotation-failed', { code: codeOf(why) })
    this.#successor = null
    if (generation === this.#generation) this.#rotateIn(tryAgainIn)
  }

  #open(url: Secret, then: { up: () => void; down: (failure: Failure) => void }): ChatSocket {
    const socket: ChatSocket = new ChatSocket(this.#ports.openSocket, url, {
      clock: this.#ports.clock,
      events: {
        up: then.up,
        item: (item) => this.#events.item(item),
        alive: () => {
          if (socket === this.#socket) this.#events.alive()
        },
        // A socket that has become the current one no longer dies as a mere candidate.
        down: (failure) => (socket === this.#socket ? this.#lost(failure) : then.down(failure)),
      },
    })
    return socket
  }

  #lost(failure: Failure): void {
    this.hangUp()
    this.#events.down(failure)
  }

  #report(error: unknown): void {
    this.hangUp()
    const failure = failureOf(error)
    if (isRefusal(error)) this.#events.refused(failure)
    else this.#events.down(failure)
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof DeskError && (error.failure.status === 403 || error.failure.status === 401)
}

function failureOf(error: unknown): Failure {
  return error instanceof DeskError
    ? error.failure
    : { code: 'internal', message: 'Connecting failed in an unexpected way.' }
}

function codeOf(error: unknown): string {
  return error instanceof DeskError ? error.failure.code : 'internal'
}
