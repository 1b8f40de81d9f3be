import type { ChatSession } from '../../chat/chat-session.ts'
import { DeskError } from '#shared/failure.ts'
import { ManualClock } from '../manual-clock.ts'
import { MemoryStore } from '../memory-store.ts'
import { App } from './app.ts'
import { disturb } from './disturbances.ts'
import { Mirror } from './mirror.ts'
import type { Action, Plan } from './plan.ts'
import { seededRandom } from './seeded-random.ts'
import { customer } from './simulated-room.ts'
import { SimulatedService } from './simulated-service.ts'
import { SimulatedTokens } from './simulated-tokens.ts'

/** One message the agent pressed Enter for. If the app dies before it answers, nobody knows whether it is queued. */
export interface Sent {
  readonly text: string
  outcome: 'asked' | 'unknown' | 'queued' | 'refused'
}

const otherAgent = { ParticipantId: 'agent-0', DisplayName: 'Kim', ParticipantRole: 'AGENT' }

/** Everything outside and inside one simulated app, and what happens to it. */
export class World {
  readonly clock = new ManualClock()
  readonly service: SimulatedService
  readonly store = new MemoryStore()
  readonly mirror: Mirror
  readonly tokens: SimulatedTokens
  readonly sent: Sent[] = []
  readonly uploaded: string[] = []
  #app: App
  #clockError = 0
  #ids = 0
  #files = 0
  /** One 403 is an accident; two in a row on the participant token mean the end. */
  #hadAccident = false
  readonly #plan: Plan
  readonly #random

  constructor(plan: Plan) {
    this.#plan = plan
    this.#random = seededRandom(plan.conditions.seed)
    this.service = new SimulatedService(this.clock, this.#random, plan.conditions)
    this.tokens = new SimulatedTokens(() => this.service.room.endedAt === null)
    this.mirror = new Mirror({
      isNamed: (serviceId) => this.service.room.items.some((item) => item.Id === serviceId),
      isSafe: (entryId) => this.store.isSafe(entryId),
      saidUpTo: (at) => this.service.room.itemsUpTo(at),
    })
    for (let index = 0; index < plan.conditions.history; index += 1) {
      this.service.room.say(`history ${index}`, index % 3 === 0 ? otherAgent : customer)
    }
    this.#app = this.#newApp()
  }

  get session(): ChatSession | null {
    return this.#app.session
  }

  get isAsking(): boolean {
    return this.sent.some(({ outcome }) => outcome === 'asked')
  }

  async start(): Promise<void> {
    const started = this.#app.start()
    await this.clock.advance(20)
    await started
  }

  async crash(kept: number): Promise<void> {
    this.#app.kill()
    for (const sent of this.sent) if (sent.outcome === 'asked') sent.outcome = 'unknown'
    this.service.sockets.drop('process died')
    this.store.crash(kept)
    this.#app = this.#newApp()
    await this.clock.advance(0)
  }

  /** The faults are over and the app is running. */
  async calm(): Promise<void> {
    this.service.network.calm()
    this.store.break(null)
    if (this.#app.session === null) await this.start()
  }

  async act(action: Action): Promise<void> {
    await this.clock.advance(action.after)
    if (this.#app.session === null && action.do !== 'crash') await this.start()
    await this.#do(action)
  }

  async #do(action: Action): Promise<void> {
    const { service } = this
    const { faults } = service.network
    switch (action.do) {
      case 'customer-says':
        for (let n = 0; n < action.count; n += 1) this.#customerSays()
        return
      case 'agent-sends':
        for (let n = 0; n < action.count; n += 1)
          this.#agentSends(action.same ? 'ok' : `reply ${this.sent.length}`)
        return
      case 'agent-uploads':
        this.#agentUploads()
        return
      case 'customer-reads':
        this.#customerReads()
        return
      case 'agent-sees': {
        const last = this.session?.entries().at(-1)
        if (last !== undefined) this.session?.seen(last.id)
        return
      }
      case 'drop-sockets':
        service.sockets.drop('1006')
        return
      case 'half-open':
        service.sockets.silence()
        return
      case 'outage':
        this.#outage(action)
        return
      case 'errors':
        faults.errorStatus = action.status
        this.#later(action.lasting, () => void (faults.errorStatus = null))
        return
      case 'gateway':
      case 'no-sockets':
      case 'lose-responses':
      case 'hang-responses':
      case 'hold-requests':
      case 'lose-frames':
      case 'stick-pages':
      case 'duplicate-frames':
      case 'reorder-frames':
      case 'mute-sockets':
        disturb(service, action)
        return
      case 'refuse-once':
        if (this.#hadAccident) return
        this.#hadAccident = true
        faults.refusing = 1
        return
      case 'crash':
        await this.crash(action.kept)
        return this.clock.advance(action.downFor)
      case 'sleep':
        return this.#sleep(action.lasting, action.told)
      case 'jump-clock':
        this.#clockError += action.by
        return
      case 'fill-disk':
        this.store.break(new DeskError('disk-full', 'The disk is full.'))
        this.#later(action.lasting, () => this.store.break(null))
        return
      case 'transfer-note':
        if (service.room.endedAt === null) service.tell(service.room.happen('transfer.succeeded', otherAgent))
        return
      case 'end':
        if (service.room.endedAt !== null) return
        service.tell(service.room.end())
    }
  }

  #customerSays(): void {
    const { room } = this.service
    if (room.endedAt === null) this.service.tell(room.say(`customer ${room.items.length}`, customer))
  }

  #agentSends(text: string): void {
    const sent: Sent = { text, outcome: 'asked' }
    this.sent.push(sent)
    this.session?.send({ text, contentType: 'text/plain' }).then(
      () => (sent.outcome = 'queued'),
      () => (sent.outcome = 'refused'),
    )
  }

  #agentUploads(): void {
    const name = `file-${this.#files}.pdf`
    this.#files += 1
    const uploads = this.session?.uploads
    const sent = uploads?.stage(name).then(({ uploadId }) => uploads.send([uploadId]))
    sent?.then(
      () => this.uploaded.push(name),
      () => undefined,
    )
  }

  #customerReads(): void {
    const { room, sockets } = this.service
    const receipt = room.receiptOfNewest('agent-1', `receipt-${this.clock.elapsed}`)
    if (receipt !== null) sockets.broadcast(receipt)
  }

  #outage({ kind, lasting, told }: Extract<Action, { do: 'outage' }>): void {
    const { network, sockets } = this.service
    network.faults.reach = kind
    if (kind === 'refused') sockets.drop('ECONNRESET')
    else sockets.silence()
    if (told) this.#notify(false)
    this.#later(lasting, () => {
      network.faults.reach = 'fine'
      if (told) this.#notify(true)
    })
  }

  /** The computer tells the app, which hears of it when it is awake. */
  #notify(isOnline: boolean): void {
    this.#app.process.reach(() => this.session?.networkChanged(isOnline))
  }

  async #sleep(lasting: number, told: boolean): Promise<void> {
    const { process } = this.#app
    process.sleep()
    if (lasting > 30_000) this.service.sockets.silence()
    await this.clock.advance(lasting)
    process.wake()
    if (told) this.session?.resumed()
  }

  #later(delay: number, run: () => void): void {
    this.clock.after(delay, run)
  }

  #newApp(): App {
    return new App(
      {
        clock: this.clock,
        random: this.#random,
        service: this.service,
        store: this.store,
        conditions: this.#plan.conditions,
        newId: () => `id-${(this.#ids += 1)}`,
        tokens: this.tokens,
        clockError: () => this.#clockError,
      },
      this.mirror,
    )
  }
}
