import type { ContactHandle } from '#simulator/contact-handle.ts'
import type { Simulator } from '#simulator/simulator.ts'
import { startSimulator } from '#simulator/simulator.ts'
import type { StoredChat } from '../store/conversation-store.ts'
import type { RealChat, RealWorld } from './real-chat.ts'
import { aRealChat, aRealWorld } from './real-chat.ts'
import { aStoredChat } from './stored-chat.ts'

/** A service of its own for one test, and the chats that are connected to it. */
export class RealDesk {
  readonly simulator: Simulator
  readonly world: RealWorld
  readonly #open: RealChat[] = []

  private constructor(simulator: Simulator) {
    this.simulator = simulator
    this.world = aRealWorld(simulator.endpoint)
  }

  static async start(): Promise<RealDesk> {
    return new RealDesk(await startSimulator())
  }

  /** A chat with a new customer, live. */
  async connectedChat(
    known: Partial<StoredChat> = {},
  ): Promise<RealChat & { readonly contact: ContactHandle }> {
    const contact = this.simulator.contact({ customerName: 'Ana' })
    const chat = this.keep(await aRealChat(this.world, { ...contact.agent, chat: aStoredChat(known) }))
    chat.session.open()
    await chat.until((session) => session.summary().link.phase === 'live')
    return { contact, ...chat }
  }

  /** Closed with the others. */
  keep(chat: RealChat): RealChat {
    this.#open.push(chat)
    return chat
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.map(({ session }) => session.close()))
    await this.simulator.close()
  }
}

export function textsOf({ session }: Pick<RealChat, 'session'>): readonly string[] {
  return session
    .entries()
    .flatMap((entry) => (entry.kind === 'message' && 'text' in entry.body ? [entry.body.text] : []))
}
