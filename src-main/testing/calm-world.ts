import type { ChatSession } from '../chat/chat-session.ts'
import type { Conditions } from './simulation/plan.ts'
import { customer } from './simulation/simulated-room.ts'
import { World } from './simulation/world.ts'

const calm: Conditions = {
  seed: 1,
  history: 0,
  pageSize: 100,
  startIsInclusive: true,
  startIdsRefused: false,
  knowsOwnId: true,
  tokenRetention: 86_400_000,
  connectionLife: 3_960_000,
  tokenLife: 86_400_000,
  slowest: 20,
  clientSkew: 0,
  graceAfterEnd: 86_400_000,
}

/** A simulated world in which nothing goes wrong unless the test says so. */
export class CalmWorld extends World {
  constructor(change: Partial<Conditions> = {}) {
    super({ conditions: { ...calm, ...change }, actions: [] })
  }

  static async live(change: Partial<Conditions> = {}): Promise<CalmWorld> {
    const world = new CalmWorld(change)
    await world.start()
    await world.pass(1000)
    return world
  }

  /** The running session; a test that asks for one expects one. */
  get chat(): ChatSession {
    if (this.session === null) throw new Error('The app is not running.')
    return this.session
  }

  pass(milliseconds: number): Promise<void> {
    return this.clock.advance(milliseconds)
  }

  async customerSays(...texts: readonly string[]): Promise<void> {
    for (const text of texts) this.service.tell(this.service.room.say(text, customer))
    await this.pass(100)
  }

  async agentSays(text: string): Promise<string> {
    const sent = this.chat.send({ text, contentType: 'text/plain' })
    await this.pass(200)
    return (await sent).entryId
  }

  /** The line is gone for a while, and during it the customer speaks. */
  async outage(...texts: readonly string[]): Promise<void> {
    this.service.network.faults.reach = 'refused'
    this.service.sockets.drop('1006')
    await this.pass(5000)
    for (const text of texts) this.service.tell(this.service.room.say(text, customer))
    this.service.network.faults.reach = 'fine'
    await this.pass(6000)
  }

  texts(): readonly string[] {
    return this.chat
      .entries()
      .flatMap((entry) => (entry.kind === 'message' && 'text' in entry.body ? [entry.body.text] : []))
  }
}
