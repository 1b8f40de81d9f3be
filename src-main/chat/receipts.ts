import type { OwnReceipt } from '../participant/participant-line.ts'
import type { Clock, Stop } from './clock.ts'
import { failureOf, willPass } from './trouble.ts'

export interface ReceiptPorts {
  readonly clock: Clock
  readonly send: (receipt: OwnReceipt) => Promise<void>
}

const spacing = 5000
/** Long enough that a message which is read as it arrives gets one receipt instead of two. */
const deliveredDelay = 1000

interface Told {
  readonly messageId: string
  /** The service's time of the message: only newer ones are worth telling. */
  readonly at: number
}

/** Tells the customer's side what has arrived and what was seen: the newest only, now and then, and never backwards. */
export class Receipts {
  readonly #ports: ReceiptPorts
  #delivered: Told | null = null
  #read: Told | null = null
  #told = { delivered: -Infinity, read: -Infinity }
  #isOpen = false
  #isRefused = false
  #isResting = false
  #stop: Stop | null = null

  constructor(ports: ReceiptPorts) {
    this.#ports = ports
  }

  open(): void {
    this.#isOpen = true
    this.#plan(deliveredDelay)
  }

  shut(): void {
    this.#isOpen = false
    this.#stop?.()
    this.#stop = null
  }

  delivered(message: Told): void {
    if (message.at <= Math.max(this.#told.delivered, this.#told.read, this.#delivered?.at ?? -Infinity))
      return
    this.#delivered = message
    this.#plan(deliveredDelay)
  }

  read(message: Told): void {
    if (message.at <= Math.max(this.#told.read, this.#read?.at ?? -Infinity)) return
    this.#read = message
    if (this.#delivered !== null && this.#delivered.at <= message.at) this.#delivered = null
    this.#plan(0)
  }

  #plan(delay: number): void {
    const isIdle = this.#read === null && this.#delivered === null
    if (!this.#isOpen || this.#isRefused || this.#isResting || this.#stop !== null || isIdle) return
    this.#stop = this.#ports.clock.after(delay, () => {
      this.#stop = null
      void this.#tell()
    })
  }

  async #tell(): Promise<void> {
    const kind = this.#read === null ? 'delivered' : 'read'
    const message = this.#read ?? this.#delivered
    if (message === null) return
    this.#rest()
    try {
      await this.#ports.send({ kind, messageId: message.messageId })
      this.#done(kind, message)
    } catch (error) {
      const failure = failureOf(error)
      // Several people or a supervisor in the chat: the service takes no receipts from then on.
      if (failure.status === 409) this.#isRefused = true
      if (!willPass(failure)) this.#done(kind, message)
    }
  }

  #rest(): void {
    this.#isResting = true
    this.#ports.clock.after(spacing, () => {
      this.#isResting = false
      this.#plan(0)
    })
  }

  #done(kind: OwnReceipt['kind'], message: Told): void {
    this.#told = { ...this.#told, [kind]: Math.max(this.#told[kind], message.at) }
    if (this.#read === message) this.#read = null
    if (this.#delivered !== null && this.#delivered.at <= message.at) this.#delivered = null
  }
}
