import type { OpenSocket } from '../../participant/chat-socket.ts'
import type * as api from '../../participant/participant-api.ts'
import type { Random } from '../../chat/clock.ts'
import { defaultRateLimits } from '../../participant/rate-scheduler.ts'
import { isRefusal } from '../../participant/service-error.ts'
import { Secret } from '../../vault/secret.ts'
import type { ManualClock } from '../manual-clock.ts'
import type { Conditions } from './plan.ts'
import { refusal, SimulatedNetwork } from './simulated-network.ts'
import { SimulatedFiles } from './simulated-files.ts'
import type { RawItem } from './simulated-room.ts'
import { agent, SimulatedRoom } from './simulated-room.ts'
import { SimulatedSockets } from './simulated-sockets.ts'

export const participantToken = 'participant-token'

/** The participant service in memory: one contact, one agent, an imperfect network in front of it. */
export class SimulatedService implements api.ParticipantApi {
  readonly room: SimulatedRoom
  readonly network: SimulatedNetwork
  readonly sockets: SimulatedSockets
  readonly files: SimulatedFiles
  /** Calls beyond what the instance allows: the app's own fault. */
  readonly overruns: string[] = []
  readonly #clock: ManualClock
  readonly #conditions: Conditions
  readonly #tokens = new Map<string, number>()
  readonly #refused: { readonly content: string; readonly token: string }[] = []
  readonly #remembered = new Map<string, { readonly accepted: api.Accepted; readonly at: number }>()
  readonly #buckets = new Map<string, { tokens: number; at: number }>()
  #isJoined = false
  #issued = 0

  constructor(clock: ManualClock, random: Random, conditions: Conditions) {
    this.#clock = clock
    this.#conditions = conditions
    this.room = new SimulatedRoom(clock, -conditions.clientSkew)
    this.network = new SimulatedNetwork(clock, random, conditions.slowest)
    this.sockets = new SimulatedSockets(clock, this.network, conditions.connectionLife)
    this.files = new SimulatedFiles()
  }

  readonly openSocket: OpenSocket = (url, listener) => this.sockets.connect(url, listener)

  /** Something happens in the conversation, and everyone who listens hears of it. */
  tell(item: RawItem): RawItem {
    this.sockets.broadcast(item)
    return item
  }

  createConnection(
    token: Secret,
    wanted: api.WantedConnection,
    call?: api.Call,
  ): Promise<api.ConnectionDetails> {
    return this.#serve('connection', call, () => {
      if (token.reveal() !== participantToken || this.room.endedAt !== null) throw refusal(403)
      const wantsSocket = wanted.types.includes('WEBSOCKET')
      const { noSockets } = this.network.faults
      if (wantsSocket && noSockets === 'refused') throw refusal(400)
      this.#issued += 1
      const connectionToken = `connection-token-${this.#issued}`
      const { tokenLife, connectionLife } = this.#conditions
      this.#tokens.set(connectionToken, this.#clock.elapsed + tokenLife)
      if (wanted.connectParticipant && !this.#isJoined) {
        this.#isJoined = true
        this.tell(this.room.happen('participant.joined', agent))
      }
      return {
        socket:
          wantsSocket && noSockets !== 'left-out'
            ? { url: new Secret(this.sockets.issueUrl()), lifetime: connectionLife }
            : null,
        credentials: { token: new Secret(connectionToken), lifetime: tokenLife },
        at: this.#date(),
      }
    })
  }

  disconnect(token: Secret, _clientToken: string, call?: api.Call): Promise<void> {
    return this.#serve('disconnect', call, () => {
      this.#authorize(token, 0)
      this.tell(this.room.end())
    })
  }

  sendMessage(token: Secret, message: api.WireMessage, call?: api.Call): Promise<api.Accepted> {
    const answer = this.#serve('message', call, () => {
      this.#authorize(token, 0)
      return this.#once(message.clientToken, () => this.room.say(message.content, agent))
    })
    answer.catch((error: unknown) => {
      if (isRefusal(error)) this.#refused.push({ content: message.content, token: token.reveal() })
    })
    return answer
  }

  /** One refusal is an accident; with a fresh connection token as well it is the service's last word. */
  wasRefusedForGood(content: string): boolean {
    const tokens = this.#refused.filter((one) => one.content === content).map(({ token }) => token)
    return new Set(tokens).size > 1
  }

  sendEvent(token: Secret, event: api.WireEvent, call?: api.Call): Promise<api.Accepted> {
    return this.#serve('event', call, () => {
      this.#authorize(token, 0)
      return { serviceId: event.clientToken, at: this.room.now() }
    })
  }

  getTranscript(token: Secret, query: api.TranscriptQuery, call?: api.Call): Promise<api.TranscriptPage> {
    return this.#serve('transcript', call, () => {
      this.#authorize(token, this.#conditions.graceAfterEnd)
      const { items } = this.room
      const size = Math.min(query.maxResults, this.#conditions.pageSize)
      const from = this.#startOf(query)
      const isForward = query.direction === 'FORWARD'
      const page = isForward ? items.slice(from, from + size) : items.slice(Math.max(0, from - size), from)
      const next = isForward ? from + page.length : from - page.length
      const isEnd = isForward ? next >= items.length : next <= 0
      const nextToken = isEnd ? null : String(next)
      const at = this.#date()
      const stuck = nextToken === null ? null : this.#stuck(query, from)
      return { initialContactId: 'contact-1', items: page, nextToken, at, ...stuck }
    })
  }

  startAttachmentUpload(token: Secret, file: api.WireFile, call?: api.Call): Promise<api.UploadTicket> {
    return this.#serve('upload-start', call, () => {
      this.#authorize(token, 0)
      return this.files.start(file)
    })
  }

  async storeFile(ticket: api.UploadTicket, file: api.OutgoingFile, call?: api.Call): Promise<void> {
    for await (const piece of file.read()) file.progressed(piece.length)
    await this.network.call('storage', () => this.files.put(ticket.attachmentId), call?.signal)
  }

  completeAttachmentUpload(token: Secret, completion: api.UploadCompletion, call?: api.Call): Promise<void> {
    return this.#serve('upload-complete', call, () => {
      this.#authorize(token, 0)
      const fields = this.files.complete(completion)
      if (fields !== null) this.tell(this.room.post({ ...fields, ...agent }))
    })
  }

  getAttachment(): Promise<api.AttachmentLocation> {
    return Promise.reject(refusal(400))
  }

  describeView(): Promise<api.View> {
    return Promise.reject(refusal(400))
  }

  getAuthenticationUrl(): Promise<Secret> {
    return Promise.reject(refusal(400))
  }

  cancelAuthentication(): Promise<void> {
    return Promise.reject(refusal(400))
  }

  dropIdleConnections(): void {
    // There are none in memory.
  }

  #serve<T>(operation: keyof typeof defaultRateLimits, call: api.Call | undefined, act: () => T): Promise<T> {
    const counted = () => {
      this.#count(operation)
      return act()
    }
    return this.network.call(operation, counted, call?.signal)
  }

  /** The service's own bucket: a client that keeps to the rates never sees it empty. */
  #count(operation: keyof typeof defaultRateLimits): void {
    const { rate, burst } = defaultRateLimits[operation]
    const now = this.#clock.elapsed
    const bucket = this.#buckets.get(operation) ?? { tokens: burst, at: now }
    const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * rate) - 1
    this.#buckets.set(operation, { tokens, at: now })
    // The network may bunch up what left in good order.
    if (tokens < -burst) this.overruns.push(operation)
  }

  #authorize(token: Secret, grace: number): void {
    const goodUntil = this.#tokens.get(token.reveal()) ?? -1
    if (goodUntil < this.#clock.elapsed) throw refusal(403)
    const { endedAt } = this.room
    if (endedAt !== null && this.room.now() - endedAt >= grace) throw refusal(403)
  }

  /** Acted upon once per client token, for as long as the service remembers it. */
  #once(clientToken: string, act: () => RawItem): api.Accepted {
    const known = this.#remembered.get(clientToken)
    if (known !== undefined && this.#clock.elapsed - known.at < this.#conditions.tokenRetention) {
      return known.accepted
    }
    const item = this.tell(act())
    const accepted = { serviceId: item.Id, at: Date.parse(item.AbsoluteTime) }
    this.#remembered.set(clientToken, { accepted, at: this.#clock.elapsed })
    this.room.applied.set(clientToken, (this.room.applied.get(clientToken) ?? 0) + 1)
    return accepted
  }

  #startOf(query: api.TranscriptQuery): number {
    const { items } = this.room
    if (query.nextToken !== undefined) return Number(query.nextToken.split(':').at(-1))
    if (query.start === undefined) return items.length
    if (!('id' in query.start) || this.#conditions.startIdsRefused) throw refusal(400)
    const { id } = query.start
    const index = items.findIndex((item) => item.Id === id)
    if (index < 0) throw refusal(400)
    return this.#conditions.startIsInclusive ? index : index + 1
  }

  /** While that fault is on: the token that was asked with again, or one of its own with nothing. */
  #stuck({ nextToken: asked }: api.TranscriptQuery, from: number): Partial<api.TranscriptPage> | null {
    const { faults } = this.network
    if (faults.sticking === 0 || (faults.stuckHow === 'repeat' && asked === undefined)) return null
    faults.sticking -= 1
    if (faults.stuckHow === 'repeat' && asked !== undefined) return { nextToken: asked }
    return { items: [], nextToken: `empty-${faults.sticking}-${this.#clock.elapsed}:${from}` }
  }

  /** As in the `Date` header: whole seconds. */
  #date(): number {
    return Math.floor(this.room.now() / 1000) * 1000
  }
}
