import type { Failure } from '#shared/failure.ts'
import { unreachable } from '#shared/failure.ts'
import type { Clock, Stop } from '../chat/clock.ts'
import type { Secret } from '../vault/secret.ts'
import type { Frame } from './parse-frame.ts'
import { parseFrames } from './parse-frame.ts'
import type { ServiceItem } from './service-item.ts'

/** A socket of any make. After `close` none of the listener's functions may be called. */
export interface RawSocket {
  send(text: string): void
  close(): void
}

export interface RawSocketListener {
  open(): void
  text(frame: string): void
  /** The socket is gone, or never came up. */
  gone(why: string): void
}

export type OpenSocket = (url: Secret, listener: RawSocketListener) => RawSocket

export interface ChatSocketEvents {
  up(): void
  item(item: ServiceItem): void
  /** A frame came that nobody can read; only the transcript can say what was in it. */
  unreadable(): void
  down(failure: Failure): void
}

const timing = {
  handshake: 5000,
  subscribeAgain: 1000,
  heartbeat: 10_000,
  shortestGrace: 1500,
  longestGrace: 10_000,
}
const maxSubscribes = 5
const maxSickPings = 3

/** One socket: subscribes, keeps its heart beating, and says when it is up, when it spoke and when it is dead. */
export class ChatSocket {
  readonly #clock: Clock
  readonly #events: ChatSocketEvents
  readonly #socket: RawSocket
  readonly #stops = new Map<'handshake' | 'subscribe' | 'beat' | 'grace' | 'probe', Stop>()
  #phase: 'opening' | 'subscribing' | 'up' | 'gone' = 'opening'
  #subscribes = 0
  #sickPings = 0
  #probeEndsIn = Infinity
  #beatSentAt: number | null = null
  /** Learned from the echoes, so that a slow network is not taken for a dead one. Generous before the first. */
  #grace = timing.longestGrace

  constructor(open: OpenSocket, url: Secret, world: { clock: Clock; events: ChatSocketEvents }) {
    this.#clock = world.clock
    this.#events = world.events
    this.#wait('handshake', timing.handshake, () => this.#die('timed-out', 'did not open in time'))
    this.#socket = open(url, {
      open: () => this.#opened(),
      text: (frame) => this.#receive(frame),
      gone: (why) => this.#die('unreachable', `was closed (${why})`),
    })
  }

  /** Asks for a sign of life. A probe under way is not put off by another. */
  probe(within: number): void {
    if (this.#phase !== 'up' || (this.#stops.has('probe') && this.#probeEndsIn <= within)) return
    this.#probeEndsIn = within
    this.#wait('probe', within, () => this.#die('timed-out', 'went silent'))
    this.#beat()
  }

  close(): void {
    if (this.#phase === 'gone') return
    this.#phase = 'gone'
    for (const stop of this.#stops.values()) stop()
    this.#stops.clear()
    this.#socket.close()
  }

  #opened(): void {
    if (this.#phase !== 'opening') return
    this.#phase = 'subscribing'
    this.#cancel('handshake')
    this.#subscribe()
  }

  #subscribe(): void {
    if (this.#phase !== 'subscribing') return
    if (this.#subscribes >= maxSubscribes) return this.#die('service-unavailable', 'was not subscribed')
    this.#subscribes += 1
    this.#send({ topic: 'aws/subscribe', content: { topics: ['aws/chat'] } })
    this.#wait('subscribe', timing.subscribeAgain, () => this.#subscribe())
  }

  #receive(text: string): void {
    if (this.#phase === 'gone') return
    // Whatever it says, it speaks.
    this.#cancel('probe')
    this.#cancel('grace')
    for (const frame of parseFrames(text)) this.#act(frame)
  }

  #act(frame: Frame): void {
    if (this.#phase === 'gone') return
    switch (frame.kind) {
      case 'subscribed':
        return this.#subscribed()
      case 'subscription-refused':
        if (this.#phase === 'subscribing') {
          this.#wait('subscribe', timing.subscribeAgain / 2, () => this.#subscribe())
        }
        return
      case 'heartbeat':
        return this.#echoed()
      case 'ping':
        return this.#pinged(frame.isHealthy)
      case 'item':
        // Nothing is promised before the subscription, but what comes is good.
        return this.#events.item(frame.item)
      case 'forbidden':
        return this.#die('denied', 'was refused')
      case 'unreadable':
        return this.#events.unreadable()
      case 'junk':
        return
      default:
        return unreachable(frame)
    }
  }

  #subscribed(): void {
    if (this.#phase !== 'subscribing') return
    this.#phase = 'up'
    this.#cancel('subscribe')
    this.#keepBeating()
    this.#events.up()
  }

  #keepBeating(): void {
    this.#beat()
    this.#wait('beat', timing.heartbeat, () => this.#keepBeating())
  }

  #beat(): void {
    if (this.#phase !== 'up') return
    this.#beatSentAt = this.#clock.now()
    if (!this.#stops.has('grace')) {
      this.#wait('grace', this.#grace, () => this.#die('timed-out', 'missed a heartbeat'))
    }
    this.#send({ topic: 'aws/heartbeat' })
    this.#send({ topic: 'aws/ping' })
  }

  #echoed(): void {
    if (this.#phase !== 'up') return
    if (this.#beatSentAt !== null) {
      const took = Math.max(0, this.#clock.now() - this.#beatSentAt)
      this.#grace = Math.min(timing.longestGrace, Math.max(timing.shortestGrace, 4 * took))
      this.#beatSentAt = null
    }
  }

  #pinged(isHealthy: boolean): void {
    this.#sickPings = isHealthy ? 0 : this.#sickPings + 1
    if (this.#sickPings >= maxSickPings) this.#die('service-unavailable', 'has a sick service behind it')
  }

  #die(code: Failure['code'], what: string): void {
    if (this.#phase === 'gone') return
    this.close()
    this.#events.down({ code, message: `The connection of this chat ${what}.` })
  }

  #send(frame: unknown): void {
    this.#socket.send(JSON.stringify(frame))
  }

  #wait(name: 'handshake' | 'subscribe' | 'beat' | 'grace' | 'probe', delay: number, run: () => void): void {
    this.#cancel(name)
    const stop = this.#clock.after(delay, () => {
      this.#stops.delete(name)
      run()
    })
    this.#stops.set(name, stop)
  }

  #cancel(name: 'handshake' | 'subscribe' | 'beat' | 'grace' | 'probe'): void {
    this.#stops.get(name)?.()
    this.#stops.delete(name)
  }
}
