import type { DeskError } from '#shared/failure.ts'
import type { OpenSocket, RawSocketListener } from '../participant/chat-socket.ts'
import type { ConnectionDetails, ParticipantApi, WantedConnection } from '../participant/participant-api.ts'
import { ParticipantConnection } from '../participant/participant-connection.ts'
import { ServiceError } from '../participant/service-error.ts'
import { Secret } from '../vault/secret.ts'
import { newTokens } from './new-tokens.ts'
import { ManualClock } from './manual-clock.ts'

export const minute = 60_000
export const refused = new ServiceError('denied', 'no', { status: 403 })
const ack = '{"topic":"aws/subscribe","content":{"status":"success","topics":["aws/chat"]}}'

interface Peer {
  readonly url: string
  readonly listener: RawSocketListener
  isClosed: boolean
}

/** How long what the service hands out lasts; null when it does not say. */
export interface Grant {
  readonly socket?: number | null
  readonly credentials?: number | null
}

/** A connection whose service and sockets do what the test says. */
export class ConnectionWorld {
  readonly clock = new ManualClock()
  readonly connection: ParticipantConnection
  readonly seen: string[] = []
  readonly peers: Peer[] = []
  readonly wanted: string[] = []
  readonly used: string[] = []
  /** What the next connections are answered with instead. */
  readonly refusals: DeskError[] = []
  /** What the next answers wait for. */
  readonly delays: Promise<void>[] = []
  readonly refusedTokens = new Set<string>()
  readonly #grant: Grant
  #issued = 0

  constructor(grant: Grant = {}) {
    this.#grant = grant
    const api = {
      createConnection: (_: Secret, wanted: WantedConnection) => this.#create(wanted),
      sendMessage: (token: Secret) => this.#send(token),
      dropIdleConnections: () => undefined,
    } as unknown as ParticipantApi
    this.connection = new ParticipantConnection(
      { api, clock: this.clock, newId: () => 'id', note: () => undefined, openSocket: this.#open },
      newTokens('participant token'),
      {
        callable: () => undefined,
        admitted: () => undefined,
        up: () => this.seen.push('up'),
        item: () => this.seen.push('item'),
        unreadable: () => this.seen.push('unreadable'),
        down: ({ code }) => this.seen.push(`down: ${code}`),
        refused: () => this.seen.push('refused'),
        chain: () => undefined,
        reachable: () => undefined,
        serviceTime: () => undefined,
      },
    )
  }

  static async live(grant: Grant = {}): Promise<ConnectionWorld> {
    const world = new ConnectionWorld(grant)
    world.connection.dial()
    await world.clock.advance(0)
    await world.rise(0)
    return world
  }

  peer(index: number): Peer {
    const found = this.peers[index]
    if (found === undefined) throw new Error(`There is no socket ${index}.`)
    return found
  }

  /** The socket opens and its subscription is acknowledged. */
  async rise(index: number): Promise<void> {
    this.peer(index).listener.open()
    this.peer(index).listener.text(ack)
    await this.clock.advance(0)
  }

  /** Time passes, and heartbeats are answered. */
  async live(milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += 5000) {
      await this.clock.advance(Math.min(5000, milliseconds - passed))
      for (const peer of this.peers) if (!peer.isClosed) peer.listener.text('{"topic":"aws/heartbeat"}')
    }
  }

  readonly #open: OpenSocket = (url, listener) => {
    const peer: Peer = { url: url.reveal(), listener, isClosed: false }
    this.peers.push(peer)
    return { send: () => undefined, close: () => (peer.isClosed = true) }
  }

  async #create({ types }: WantedConnection): Promise<ConnectionDetails> {
    this.wanted.push(types.join('+'))
    const refusal = this.refusals.shift()
    await this.delays.shift()
    if (refusal !== undefined) throw refusal
    this.#issued += 1
    const { socket = 66 * minute, credentials = 24 * 60 * minute } = this.#grant
    return {
      socket: { url: new Secret(`wss://${this.#issued}`), lifetime: socket },
      credentials: { token: new Secret(`token ${this.#issued}`), lifetime: credentials },
      at: null,
    }
  }

  async #send(token: Secret): Promise<{ serviceId: string; at: number }> {
    this.used.push(token.reveal())
    if (this.refusedTokens.has(token.reveal())) throw refused
    return { serviceId: 'item-1', at: 0 }
  }
}
