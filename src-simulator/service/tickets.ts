import type { SimulatorClock } from '../clock.ts'
import type { FaultBoard } from '../faults/faults.ts'
import type { Mint } from '../mint.ts'
import type { ContactRoom } from '../room/contact-room.ts'
import type { Participant } from '../room/participant.ts'
import type { SwitchBoard } from '../switches.ts'

/** The right to open one socket, handed out as the query of its URL. */
export type Ticket = {
  readonly room: ContactRoom
  readonly participant: Participant
  readonly connectionEndsAt: number
  openUntil: number
}

type Tools = Readonly<{ clock: SimulatorClock; mint: Mint; switches: SwitchBoard; faults: FaultBoard }>

/** Socket URLs: each good for one handshake within its time. */
export class TicketOffice {
  readonly #tools: Tools
  readonly #tickets = new Map<string, Ticket>()

  constructor(tools: Tools) {
    this.#tools = tools
  }

  issue(room: ContactRoom, participant: Participant): { query: string; connectionEndsAt: number } {
    const { clock, mint, switches, faults } = this.#tools
    const spoiled = faults.take('expire-socket-url', { contactIds: room.contactIds })
    const now = clock.now()
    const connectionEndsAt = now + switches.now.connectionExpiryMs
    const secret = mint.token('WS')
    const openUntil = spoiled ? -Infinity : now + switches.now.socketUrlMs
    this.#tickets.set(secret, { room, participant, connectionEndsAt, openUntil })
    return { query: `X-Amz-Expires=100&X-Amz-Security-Token=${secret}`, connectionEndsAt }
  }

  /** Whose socket this would be, good or not. */
  roomOf(query: URLSearchParams): ContactRoom | undefined {
    return this.#tickets.get(query.get('X-Amz-Security-Token') ?? '')?.room
  }

  /** Uses the ticket up, good or not. */
  redeem(query: URLSearchParams): Ticket | undefined {
    const secret = query.get('X-Amz-Security-Token') ?? ''
    const ticket = this.#tickets.get(secret)
    this.#tickets.delete(secret)
    return ticket && this.#tools.clock.now() < ticket.openUntil ? ticket : undefined
  }

  expire(matches: (ticket: Ticket) => boolean): void {
    for (const ticket of this.#tickets.values()) if (matches(ticket)) ticket.openUntil = -Infinity
  }

  clear(): void {
    this.#tickets.clear()
  }
}
