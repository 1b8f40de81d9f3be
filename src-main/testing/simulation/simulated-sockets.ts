import type { RawSocket, RawSocketListener } from '../../participant/chat-socket.ts'
import type { Secret } from '../../vault/secret.ts'
import type { ManualClock } from '../manual-clock.ts'
import type { SimulatedNetwork } from './simulated-network.ts'
import type { RawItem } from './simulated-room.ts'

interface Socket {
  readonly listener: RawSocketListener
  isOpen: boolean
  isSubscribed: boolean
  /** Nothing gets through any more, and neither side knows. */
  isSilent: boolean
  /** Heartbeats are answered, and nothing else comes. */
  isMute: boolean
  lastDue: number
}

const urlLife = 100_000

/** The service's end of the sockets of one participant. */
export class SimulatedSockets {
  readonly #clock: ManualClock
  readonly #network: SimulatedNetwork
  readonly #connectionLife: number
  readonly #urls = new Map<string, number>()
  readonly #sockets = new Set<Socket>()
  #issued = 0

  constructor(clock: ManualClock, network: SimulatedNetwork, connectionLife: number) {
    this.#clock = clock
    this.#network = network
    this.#connectionLife = connectionLife
  }

  /** Addresses handed out so far. */
  get issued(): number {
    return this.#issued
  }

  get open(): number {
    return [...this.#sockets].filter(({ isOpen }) => isOpen).length
  }

  issueUrl(): string {
    this.#issued += 1
    const url = `wss://simulated/${this.#issued}`
    this.#urls.set(url, this.#clock.elapsed + urlLife)
    return url
  }

  connect(url: Secret, listener: RawSocketListener): RawSocket {
    const isMute = this.#network.faults.muting
    const state = { isOpen: true, isSubscribed: false, isSilent: false, isMute, lastDue: 0 }
    const socket: Socket = { listener, ...state }
    this.#sockets.add(socket)
    this.#clock.after(this.#network.delay, () => this.#handshake(url.reveal(), socket))
    return {
      send: (text) => this.#clock.after(this.#network.delay, () => this.#hear(socket, text)),
      close: () => {
        socket.isOpen = false
        this.#sockets.delete(socket)
      },
    }
  }

  /** To every subscribed socket; what is not subscribed misses it for good. */
  broadcast(item: RawItem): void {
    this.broadcastFrame(
      JSON.stringify({ topic: 'aws/chat', contentType: 'application/json', content: JSON.stringify(item) }),
    )
  }

  broadcastFrame(frame: string): void {
    for (const socket of this.#sockets) {
      if (!socket.isSubscribed || socket.isMute) continue
      if (this.#network.faults.losingFrames > 0) this.#network.faults.losingFrames -= 1
      else this.#deliver(socket, frame, this.#network.faults.duplicating ? 2 : 1)
    }
  }

  drop(why: string): void {
    for (const socket of [...this.#sockets]) this.#cut(socket, why)
  }

  /** From now on those that are open keep everything said to themselves. */
  mute(): void {
    for (const socket of this.#sockets) socket.isMute = true
  }

  get muted(): number {
    return [...this.#sockets].filter(({ isOpen, isMute }) => isOpen && isMute).length
  }

  silence(): void {
    for (const socket of this.#sockets) socket.isSilent = true
  }

  #handshake(url: string, socket: Socket): void {
    const { reach, noSockets } = this.#network.faults
    if (!socket.isOpen || reach === 'silent') return
    if (noSockets !== null) return this.#cut(socket, 'ECONNRESET')
    const goodUntil = this.#urls.get(url) ?? -1
    this.#urls.delete(url)
    if (reach === 'refused') return this.#cut(socket, 'ECONNREFUSED')
    if (goodUntil < this.#clock.elapsed) return this.#cut(socket, '403')
    this.#clock.after(this.#connectionLife, () => this.#cut(socket, '1001'))
    socket.listener.open()
  }

  #hear(socket: Socket, text: string): void {
    if (!socket.isOpen || socket.isSilent || this.#network.faults.reach !== 'fine') return
    const { topic } = JSON.parse(text) as { topic: string }
    if (topic === 'aws/subscribe') {
      socket.isSubscribed = true
      this.#reply(socket, { topic, content: { status: 'success', topics: ['aws/chat'] } })
    } else if (topic === 'aws/heartbeat') this.#reply(socket, { topic })
    else if (topic === 'aws/ping') this.#reply(socket, { topic, statusCode: 200, statusContent: 'OK' })
  }

  #reply(socket: Socket, frame: unknown): void {
    this.#deliver(socket, JSON.stringify(frame), 1)
  }

  #deliver(socket: Socket, frame: string, times: number): void {
    const { faults, delay } = this.#network
    const isOvertaking = faults.reordering && delay % 2 === 0
    const due = Math.max(this.#clock.elapsed + delay, isOvertaking ? 0 : socket.lastDue)
    socket.lastDue = isOvertaking ? socket.lastDue : due
    const held = faults.reordering ? delay * 4 : 0
    for (let copy = 0; copy < times; copy += 1) {
      this.#clock.after(due - this.#clock.elapsed + held * copy + (isOvertaking ? held : 0), () => {
        const isHeard = socket.isOpen && !socket.isSilent && faults.reach === 'fine'
        if (isHeard) socket.listener.text(frame)
      })
    }
  }

  #cut(socket: Socket, why: string): void {
    if (!socket.isOpen) return
    socket.isOpen = false
    this.#sockets.delete(socket)
    // A peer that cannot be reached cannot be told either.
    if (!socket.isSilent && this.#network.faults.reach !== 'silent') socket.listener.gone(why)
  }
}
