import type { Clock, Stop } from '../chat/clock.ts'
import type { Note } from '../chat/note.ts'
import type { Secret } from '../vault/secret.ts'
import type { ConnectionDetails, ParticipantApi, WantedConnection } from './participant-api.ts'
import type { KeptTokens } from './participant-line.ts'
import { codeOf, isRefusal, ServiceError } from './service-error.ts'

export interface RenewalPorts {
  readonly api: Pick<ParticipantApi, 'createConnection'>
  readonly clock: Clock
  readonly note: Note
}

export interface RenewalEvents {
  admitted(): void
  serviceTime(at: number): void
  /** The participant token itself was refused while a new connection token was asked for. */
  refused(error: unknown): void
}

const credentialsOnly: WantedConnection = { types: ['CONNECTION_CREDENTIALS'], connectParticipant: false }
const usualLife = 12 * 60 * 60_000
const margin = 60_000
const tryAgainIn = 10_000

/** Both tokens of one participant. The connection token is renewed a minute before it ends, or when it is refused. */
export class TokenRenewal {
  readonly #ports: RenewalPorts
  readonly #events: RenewalEvents
  readonly #keep: KeptTokens['keep']
  #participantToken: Secret | null
  #token: Secret | null
  /** Counts the connection tokens taken over, so that a late answer never replaces a newer one. */
  #taken = 0
  #renewing: Promise<Secret> | null = null
  #generation = new AbortController()
  #stopPlan: Stop | null = null

  constructor(ports: RenewalPorts, { participant, connection, keep }: KeptTokens, events: RenewalEvents) {
    this.#ports = ports
    this.#participantToken = participant
    this.#token = connection
    this.#keep = keep
    this.#events = events
  }

  get current(): Secret | null {
    return this.#token
  }

  async create(wanted: WantedConnection, signal?: AbortSignal): Promise<ConnectionDetails> {
    if (this.#participantToken === null) throw new ServiceError('chat-ended', 'The chat is over.')
    const call = signal === undefined ? {} : { signal }
    const details = await this.#ports.api.createConnection(this.#participantToken, wanted, call)
    this.#events.admitted()
    if (details.at !== null) this.#events.serviceTime(details.at)
    return details
  }

  take(credentials: NonNullable<ConnectionDetails['credentials']>): void {
    if (this.#participantToken === null) return
    this.#token = credentials.token
    this.#taken += 1
    this.#keep(credentials.token)
    const lifetime = credentials.lifetime ?? usualLife
    this.#plan(Math.max(lifetime - margin, lifetime / 2))
  }

  /** A token other than the refused one. Callers at the same time share one renewal. */
  async renewed(refused: Secret | null): Promise<Secret> {
    if (this.#token !== null && this.#token !== refused) return this.#token
    if (this.#renewing !== null) return this.#renewing
    const renewing = this.#renew(this.#generation.signal).finally(() => {
      if (this.#renewing === renewing) this.#renewing = null
    })
    this.#renewing = renewing
    return renewing
  }

  /** What is under way is given up, and its answer means nothing any more. */
  stop(): void {
    this.#stopPlan?.()
    this.#stopPlan = null
    this.#generation.abort('given up')
    this.#generation = new AbortController()
    this.#renewing = null
  }

  forget(): void {
    this.stop()
    this.#participantToken?.forget()
    this.#token?.forget()
    this.#participantToken = null
    this.#token = null
  }

  async #renew(signal: AbortSignal): Promise<Secret> {
    const taken = this.#taken
    try {
      const { credentials } = await this.create(credentialsOnly, signal)
      if (credentials === null) {
        throw new ServiceError('service-unavailable', 'The service gave an incomplete answer.')
      }
      if (taken === this.#taken) this.take(credentials)
      return credentials.token
    } catch (error) {
      if (isRefusal(error) && !signal.aborted) this.#events.refused(error)
      throw error
    }
  }

  #plan(delay: number): void {
    this.#stopPlan?.()
    const { signal } = this.#generation
    this.#stopPlan = this.#ports.clock.after(Math.max(delay, 1000), () => {
      this.renewed(this.#token).catch((error: unknown) => {
        this.#ports.note('token-renewal-failed', { code: codeOf(error) })
        if (this.#participantToken !== null && !signal.aborted) this.#plan(tryAgainIn)
      })
    })
  }
}
