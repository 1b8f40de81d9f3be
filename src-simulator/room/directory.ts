import type { SimulatorClock } from '../clock.ts'
import type { Mint } from '../mint.ts'
import type { SwitchBoard } from '../switches.ts'
import type { ContactRoom } from './contact-room.ts'
import type { Participant } from './participant.ts'

/** What a bearer token stands for. */
export type Grant = Readonly<{
  kind: 'participant' | 'connection'
  room: ContactRoom
  participant: Participant
}>

type Tools = Readonly<{ clock: SimulatorClock; mint: Mint; switches: SwitchBoard }>

/** Finds contacts by id and people by token. */
export class Directory {
  readonly #tools: Tools
  readonly #rooms = new Map<string, ContactRoom>()
  readonly #grants = new Map<string, Grant & { expiresAt: number }>()

  constructor(tools: Tools) {
    this.#tools = tools
  }

  get rooms(): readonly ContactRoom[] {
    return [...new Set(this.#rooms.values())]
  }

  add(room: ContactRoom): void {
    for (const contactId of room.contactIds) this.#rooms.set(contactId, room)
  }

  room(contactId: string): ContactRoom | undefined {
    return this.#rooms.get(contactId)
  }

  admit(room: ContactRoom, participant: Participant): void {
    this.#grants.set(participant.token, { kind: 'participant', room, participant, expiresAt: Infinity })
  }

  issueConnectionToken(room: ContactRoom, participant: Participant): { token: string; expiresAt: number } {
    const { clock, mint, switches } = this.#tools
    const token = mint.token('CT')
    const expiresAt = clock.now() + switches.now.connectionTokenMs
    this.#grants.set(token, { kind: 'connection', room, participant, expiresAt })
    return { token, expiresAt }
  }

  /** Whose token this is, whether or not it is still good. */
  holderOf(token: string | undefined): Grant | undefined {
    return token === undefined ? undefined : this.#grants.get(token)
  }

  isExpired(token: string): boolean {
    return this.#tools.clock.now() >= (this.#grants.get(token)?.expiresAt ?? -Infinity)
  }

  expireTokens(matches: (grant: Grant) => boolean): void {
    for (const grant of this.#grants.values()) if (matches(grant)) grant.expiresAt = -Infinity
  }

  clear(): void {
    this.#rooms.clear()
    this.#grants.clear()
  }
}
