import type { WebSocket } from 'ws'
import { z } from 'zod'
import type { SimulatorClock, Stop } from '../clock.ts'
import type { FaultBoard, FaultScope } from '../faults/faults.ts'
import type { WireFrame } from '../faults/frame-faults.ts'
import type { Mint } from '../mint.ts'
import type { ContactRoom } from '../room/contact-room.ts'
import type { Participant } from '../room/participant.ts'

const ClientFrame = z.object({
  topic: z.string(),
  content: z.object({ topics: z.array(z.string()) }).optional(),
})

type Tools = Readonly<{ clock: SimulatorClock; faults: FaultBoard; mint: Mint }>
type Holder = Readonly<{ room: ContactRoom; participant: Participant }>

/** One websocket of one participant: answers its frames, and carries items once it has subscribed. */
export class OpenSocket {
  readonly room: ContactRoom
  readonly participant: Participant
  readonly #socket: WebSocket
  readonly #tools: Tools
  readonly #onSubscribed: (socket: OpenSocket) => void
  #subscribed = false
  /** Set while nothing gets through in either direction although the socket stays open. */
  deafenedBy: string | undefined
  /** Set while it answers and carries no items. */
  mutedBy: string | undefined
  #held: { readonly frame: WireFrame; readonly stop: Stop } | undefined

  constructor(
    parts: Holder & { readonly socket: WebSocket; readonly onSubscribed: (socket: OpenSocket) => void },
    tools: Tools,
  ) {
    this.room = parts.room
    this.participant = parts.participant
    this.#socket = parts.socket
    this.#onSubscribed = parts.onSubscribed
    this.#tools = tools
    this.#socket.on('message', (frame: Buffer) => this.#receive(frame.toString()))
    this.#socket.on('error', () => this.#socket.terminate())
  }

  get isSubscribed(): boolean {
    return this.#subscribed && this.#socket.readyState === this.#socket.OPEN
  }

  onClosed(act: () => void): void {
    this.#socket.once('close', act)
  }

  /** Frames reach a socket only after its subscription; earlier ones are never replayed. */
  carry(frames: readonly WireFrame[]): void {
    if (!this.isSubscribed || this.mutedBy !== undefined) return
    for (const frame of frames) this.#carryOne(frame)
  }

  /** Sends a frame as it is, subscribed or not. */
  send(frame: WireFrame): void {
    if (this.deafenedBy !== undefined || this.#socket.readyState !== this.#socket.OPEN) return
    this.#socket.send(frame)
  }

  sendForbidden(): void {
    const { mint } = this.#tools
    this.send(JSON.stringify({ message: 'Forbidden', connectionId: mint.id(), requestId: mint.id() }))
  }

  close(code: number): void {
    this.#held?.stop()
    if (this.#held) this.send(this.#held.frame)
    this.#held = undefined
    this.#socket.close(code)
    // A client that never answers the close must not keep the server waiting.
    this.#tools.clock.after(1000, () => this.#socket.terminate())
  }

  cut(): void {
    this.#socket.terminate()
  }

  /** With `reorder-frames`, pairs change places; a frame without a successor follows after a moment. */
  #carryOne(frame: WireFrame): void {
    const held = this.#held
    if (held) {
      this.#held = undefined
      held.stop()
      this.send(frame)
      this.send(held.frame)
      return
    }
    if (!this.#tools.faults.take('reorder-frames', this.#scope)) {
      this.send(frame)
      return
    }
    const stop = this.#tools.clock.after(250, () => {
      this.#held = undefined
      this.send(frame)
    })
    this.#held = { frame, stop }
  }

  get #scope(): FaultScope {
    return { contactIds: this.room.contactIds, operation: 'WebSocket' }
  }

  #receive(text: string): void {
    if (this.deafenedBy !== undefined) return
    const frame = readFrame(text)
    if (frame?.topic === 'aws/subscribe') this.#subscribe(frame.content?.topics ?? [])
    else if (frame?.topic === 'aws/heartbeat') this.#answerHeartbeat()
    else if (frame?.topic === 'aws/ping') this.#answerPing()
  }

  #subscribe(topics: readonly string[]): void {
    const { faults } = this.#tools
    if (faults.take('forbidden-frame', this.#scope)) {
      this.sendForbidden()
      return
    }
    const status = topics.length > 0 && topics.every((topic) => topic === 'aws/chat') ? 'success' : 'failure'
    this.send(JSON.stringify({ topic: 'aws/subscribe', content: { status, topics } }))
    if (status === 'failure' || this.#subscribed) return
    this.#subscribed = true
    this.#onSubscribed(this)
  }

  #answerHeartbeat(): void {
    if (!this.#tools.faults.take('mute-heartbeat', this.#scope)) this.send('{"topic":"aws/heartbeat"}')
  }

  #answerPing(): void {
    const failing = this.#tools.faults.take('ping-500', this.#scope)
    const [statusCode, statusContent] = failing ? [500, 'Internal Server Error'] : [200, 'OK']
    this.send(JSON.stringify({ topic: 'aws/ping', statusCode, statusContent }))
  }
}

/** As lenient as the service: one shipped client sends a stray bracket after the object. */
function readFrame(text: string): z.output<typeof ClientFrame> | undefined {
  try {
    return ClientFrame.safeParse(JSON.parse(text.replace(/\)\s*$/, ''))).data
  } catch {
    return undefined
  }
}
