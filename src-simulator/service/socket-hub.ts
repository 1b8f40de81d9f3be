import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import type { SimulatorClock } from '../clock.ts'
import type { Fault, FaultBoard } from '../faults/faults.ts'
import { concerns } from '../faults/faults.ts'
import { FrameMaker } from '../faults/frame-faults.ts'
import type { Mint } from '../mint.ts'
import type { ContactRoom, Delivery } from '../room/contact-room.ts'
import type { Participant } from '../room/participant.ts'
import type { SwitchBoard } from '../switches.ts'
import { pathOf } from './http.ts'
import { OpenSocket } from './open-socket.ts'
import type { RequestLog } from './request-log.ts'
import type { Ticket, TicketOffice } from './tickets.ts'

type Tools = Readonly<{
  clock: SimulatorClock
  mint: Mint
  switches: SwitchBoard
  faults: FaultBoard
  tickets: TicketOffice
  requests: RequestLog
}>

/** All open websockets: who may open one, and which items go to which. */
export class SocketHub {
  readonly #tools: Tools
  readonly #server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 131_072 })
  readonly #byParticipant = new Map<string, Set<OpenSocket>>()
  readonly #frames: FrameMaker

  constructor(tools: Tools) {
    this.#tools = tools
    this.#frames = new FrameMaker(tools.faults)
  }

  get sockets(): readonly OpenSocket[] {
    return [...this.#byParticipant.values()].flatMap((sockets) => [...sockets])
  }

  /** Open and subscribed sockets of the agents of one conversation. */
  agentSocketsOf(room: ContactRoom): number {
    return room.participants
      .filter((one) => one.role === 'AGENT')
      .flatMap((agent) => [...(this.#byParticipant.get(agent.id) ?? [])])
      .filter((socket) => socket.isSubscribed).length
  }

  upgrade(request: IncomingMessage, wire: Duplex, head: Buffer): void {
    const url = pathOf(request)
    const ticket = url.pathname === '/socket' ? this.#tools.tickets.redeem(url.searchParams) : undefined
    const entry = this.#tools.requests.open({ operation: 'WebSocket', contactId: ticket?.room.contactId })
    const status = ticket ? this.#refusal(ticket) : 403
    entry.close(status ?? 101)
    if (!ticket || status !== undefined) {
      wire.end(`HTTP/1.1 ${status ?? 403} Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    this.#server.handleUpgrade(request, wire, head, (socket) => this.#open(ticket, socket))
  }

  deliver({ room, item, origin, except }: Delivery): void {
    const receivers = this.#receiversIn(room).filter((one) => one.participant.id !== except)
    if (receivers.length === 0) return
    const { metadataNamesContact, echoDelayMs } = this.#tools.switches.now
    const contacts =
      item.Type === 'MESSAGEMETADATA' && !metadataNamesContact
        ? {}
        : { InitialContactId: room.initialContactId, ContactId: room.contactId }
    const frames = this.#frames.make(item, contacts, room.contactIds)
    for (const socket of receivers) {
      if (echoDelayMs > 0 && origin === socket.participant.id)
        this.#tools.clock.after(echoDelayMs, () => socket.carry(frames))
      else socket.carry(frames)
    }
  }

  /**
   * Those who lost their place lose their sockets, after the frame that says so. A socket that an agent's chats
   * share belongs to no single one of them and stays.
   */
  dismiss(participants: readonly Participant[]): void {
    const { closeCodeAtEnd, sharedAgentSocket } = this.#tools.switches.now
    if (closeCodeAtEnd === null) return
    const leaving = participants.filter((one) => !(sharedAgentSocket && one.role === 'AGENT'))
    for (const socket of this.#socketsOf(leaving)) socket.close(closeCodeAtEnd)
  }

  matching(fault: Fault): readonly OpenSocket[] {
    return this.sockets
      .filter((socket) => concerns(fault, { contactIds: socket.room.contactIds, operation: 'WebSocket' }))
      .slice(0, fault.count)
  }

  cutAll(): void {
    for (const socket of this.sockets) socket.cut()
  }

  #refusal({ room, participant }: Ticket): number | undefined {
    if (room.endedAt !== undefined || participant.presence === 'gone') return 403
    const open = this.#byParticipant.get(participant.id)
    const { socketsPerParticipant, extraSocket } = this.#tools.switches.now
    if (!open || open.size < socketsPerParticipant) return undefined
    if (extraSocket === 'refuse-new') return 429
    const [oldest] = open
    oldest?.close(1008)
    return undefined
  }

  #open(ticket: Ticket, wire: WebSocket): void {
    const { clock, faults, mint, switches } = this.#tools
    const { room, participant } = ticket
    const socket = new OpenSocket(
      { room, participant, socket: wire, onSubscribed: () => room.join(participant) },
      { clock, faults, mint },
    )
    const scope = { contactIds: room.contactIds, operation: 'WebSocket' } as const
    if (faults.take('drop-sockets', scope)) socket.cut()
    const deafening = faults.find('half-open', scope)
    if (deafening?.operation === 'WebSocket') socket.deafenedBy = deafening.id
    const muting = faults.find('silent-subscription', scope)
    if (muting?.operation === 'WebSocket') socket.mutedBy = muting.id
    const sockets = this.#byParticipant.get(participant.id) ?? new Set()
    this.#byParticipant.set(participant.id, sockets.add(socket))
    const stopExpiry = clock.after(Math.max(0, ticket.connectionEndsAt - clock.now()), () =>
      socket.close(switches.now.closeCodeAtExpiry),
    )
    socket.onClosed(() => {
      stopExpiry()
      sockets.delete(socket)
    })
  }

  #receiversIn(room: ContactRoom): readonly OpenSocket[] {
    const own = this.#socketsOf(room.participants)
    if (!this.#tools.switches.now.sharedAgentSocket) return own
    const agents = this.sockets.filter((socket) => socket.participant.role === 'AGENT' && socket.isSubscribed)
    return [...own.filter((socket) => socket.participant.role !== 'AGENT'), ...agents]
  }

  #socketsOf(participants: readonly Participant[]): readonly OpenSocket[] {
    return participants.flatMap((one) => [...(this.#byParticipant.get(one.id) ?? [])])
  }
}
