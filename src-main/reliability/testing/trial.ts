import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ContactHandle } from '#simulator/contact-handle.ts'
import type { Simulator } from '#simulator/simulator.ts'
import { startSimulator } from '#simulator/simulator.ts'
import type { RealChat } from '../../testing/real-chat.ts'
import { aRealChat, aRealWorld } from '../../testing/real-chat.ts'
import { eventually, pause } from './eventually.ts'
import type { Cell, FaultPlan } from './fault-plans.ts'
import type { Verdict } from './verdict.ts'
import { isSpotless, judge } from './verdict.ts'

export interface Outcome {
  readonly phase: string
  /** Why the chat is over, null while it is not. */
  readonly endReason: string | null
  readonly verdict: Verdict
  /** Milliseconds from the end of the fault until all of it was true again. Infinity when it never was. */
  readonly recovery: number
  /** What became of each file the agent sent, as the service sees it. */
  readonly files: readonly string[]
  /** Calls that were refused with 429. */
  readonly throttled: number
}

const recoversWithin = 15_000
const events = 'application/vnd.amazonaws.connect.event'
const idle = `${events}.participant.idle`
const joined = `${events}.participant.joined`

/** One chat on real HTTP and a real socket, in one kind of trouble, doing one thing. */
export async function attempt(cell: Cell): Promise<Outcome> {
  const { plan } = cell
  const simulator = await startSimulator(plan.switches ? { switches: plan.switches } : {})
  const folder = await mkdtemp(path.join(tmpdir(), 'fault-'))
  const trial = await Trial.start(simulator, folder)
  try {
    return await trial.run(cell)
  } finally {
    await trial.close()
    await simulator.close()
    await rm(folder, { recursive: true })
  }
}

class Trial {
  readonly #simulator: Simulator
  readonly #contact: ContactHandle
  readonly #chat: RealChat
  readonly #folder: string
  readonly #typed: string[] = []
  readonly #sends: Promise<unknown>[] = []
  #files = 0

  static async start(simulator: Simulator, folder: string): Promise<Trial> {
    const contact = simulator.contact({ customerName: 'Ana' })
    const chat = await aRealChat(aRealWorld(simulator.endpoint), contact.agent)
    return new Trial({ simulator, contact, chat, folder })
  }

  private constructor(parts: {
    simulator: Simulator
    contact: ContactHandle
    chat: RealChat
    folder: string
  }) {
    this.#simulator = parts.simulator
    this.#contact = parts.contact
    this.#chat = parts.chat
    this.#folder = parts.folder
  }

  async run({ plan, activity }: Cell): Promise<Outcome> {
    await this.#begin()
    const dialsBefore = this.#dials
    for (const fault of plan.faults) this.#simulator.faults.add(fault)
    const started = performance.now()
    const isEnough = (): boolean => {
      if (plan.isNoticed === true && this.#dials > dialsBefore) return true
      const lasted = performance.now() - started
      return lasted >= plan.lasts && (!this.#isTransferring || lasted >= recoversWithin)
    }
    if (plan.file !== undefined) await this.#exchangeFile(activity)
    while (!isEnough()) {
      this.#act(activity)
      await pause(Math.max(120, plan.lasts / 40))
    }
    const isUnnoticed = plan.isNoticed === true && this.#dials === dialsBefore
    this.#simulator.faults.clear()
    const recovery = await this.#recovery(plan)
    const isLive = this.#phase === 'live'
    if (isLive) await this.#closingWords()
    return this.#outcome(isUnnoticed ? Infinity : recovery)
  }

  async close(): Promise<void> {
    await this.#chat.session.close()
  }

  /** A conversation that has begun, so that there is something to lose. */
  async #begin(): Promise<void> {
    const { session } = this.#chat
    session.setActive(true)
    session.open()
    this.#contact.say('Good morning.')
    await this.#chat.until(() => this.#phase === 'live')
    this.#contact.sayAll(['I have a question.', 'It is about my order.'])
    this.#send('Good morning, Ana.')
    await eventually(() => this.#isWhole(), recoversWithin)
  }

  #act(activity: Cell['activity']): void {
    if (activity === 'idle' || this.#phase === 'ended') return
    if (activity === 'sending') return this.#send(`Answer ${this.#typed.length}`)
    const turn = this.#contact.truth().transcript.length
    this.#contact.say(`Question ${turn}`)
    if (turn % 4 === 0) this.#contact.event({ contentType: idle })
    if (turn % 7 === 0) this.#contact.event({ contentType: joined, role: 'SUPERVISOR', displayName: 'Kim' })
    if (turn % 5 === 0) this.#contact.type()
  }

  #send(text: string): void {
    this.#typed.push(text)
    this.#sends.push(this.#chat.session.send({ text, contentType: 'text/plain' }))
  }

  async #exchangeFile(activity: Cell['activity']): Promise<void> {
    const bytes = Buffer.alloc(200_000, 'paper')
    if (activity === 'receiving') this.#contact.attach({ name: 'bill.txt', contentType: 'text/plain', bytes })
    if (activity !== 'sending') return
    const file = path.join(this.#folder, 'answer.txt')
    await writeFile(file, bytes)
    const { uploadId } = await this.#chat.session.uploads.stage(file)
    await this.#chat.session.uploads.send([uploadId])
    this.#files += 1
  }

  /** After the fault the agent would send a file again that could not be sent. */
  #retryFiles(): void {
    const { uploads } = this.#chat.session
    for (const { uploadId, state } of uploads.list()) {
      if (state.phase === 'failed' && state.canRetry) this.#sends.push(uploads.retry(uploadId))
    }
  }

  async #recovery({ end }: FaultPlan): Promise<number> {
    this.#retryFiles()
    const since = performance.now()
    const isOver = (): boolean => this.#phase === 'ended' && this.#verdict.untrue === 0
    const isRecovered = end === undefined ? () => this.#isWhole() : isOver
    if (!(await eventually(isRecovered, recoversWithin))) return Infinity
    return Math.round(performance.now() - since)
  }

  /** Live again means that both can talk. */
  async #closingWords(): Promise<void> {
    this.#contact.say('Are you still there?')
    this.#send('I am.')
    await eventually(() => this.#isWhole(), recoversWithin)
  }

  #isWhole(): boolean {
    const { outbox } = this.#chat.session.summary()
    const canTalk = this.#phase === 'live' && this.#contact.sockets > 0
    const isQuiet = outbox.waiting === 0 && !this.#isTransferring
    return canTalk && isQuiet && isSpotless(this.#verdict)
  }

  get #isTransferring(): boolean {
    const { uploads } = this.#chat.session
    return uploads.list().some(({ state }) => state.phase !== 'failed' && state.phase !== 'delivered')
  }

  async #outcome(recovery: number): Promise<Outcome> {
    await Promise.all(this.#sends)
    const { link } = this.#chat.session.summary()
    const truth = this.#contact.truth()
    return {
      phase: link.phase,
      endReason: link.phase === 'ended' ? link.reason : null,
      verdict: this.#verdict,
      recovery,
      files: this.#files === 0 ? [] : truth.attachments.filter(({ completes }) => completes > 0).map(fateOf),
      throttled: this.#simulator.requests().filter(({ status }) => status === 429).length,
    }
  }

  get #verdict(): Verdict {
    const isShutOut = this.#phase === 'ended'
    return judge(this.#contact, {
      entries: this.#chat.session.entries(),
      typed: this.#typed,
      isShutOut,
    })
  }

  get #phase(): string {
    return this.#chat.session.summary().link.phase
  }

  get #dials(): number {
    return this.#simulator.requests({ operation: 'CreateParticipantConnection' }).length
  }
}

const fateOf = ({ status, completes, sha256 }: ReturnType<ContactHandle['truth']>['attachments'][number]) =>
  `${status} after ${completes} completion${sha256 === undefined ? ', no bytes' : ''}`
