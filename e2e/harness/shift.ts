import type { ContactHandle } from '#simulator/contact-handle.ts'
import type { Random } from '#simulator/random.ts'
import type { Simulator } from '#simulator/simulator.ts'
import type { Driver } from './driver.ts'
import type { Profile, Signal } from './profile.ts'

/** One conversation, with what the agent was shown as kept before the power went. */
export interface Line {
  readonly contact: ContactHandle
  /** Null until the app has said that it is there. */
  chatId: string | null
  /** Messages in the order in which the app took them. */
  readonly typed: string[]
  /** In the composer at the last look. */
  draft: string
  /** Files that were in the tray and not sent. */
  readonly staged: Set<string>
}

/** A chat that the app has said is there. */
export type OpenLine = Line & { readonly chatId: string }

export interface ShiftParts {
  readonly simulator: Simulator
  readonly random: Random
  readonly profile: Profile
  /** A file to send, outside the profile: nothing leaves from there. */
  readonly file: string
}

/** An agent at work on one profile, from its very first start until it was signed out. */
export class Shift {
  readonly simulator: Simulator
  readonly random: Random
  readonly profile: Profile
  readonly file: string
  lines: Line[] = []
  /** Null while it is open whether the last change was taken. */
  theme: string | null = 'system'
  filesSent = 0
  /** Null before the first sign-out; then whether the app had said that it was done. */
  signOut: { readonly wasDone: boolean; readonly leftTokens: boolean } | null = null
  #driver: Driver | null = null
  #isDead = false
  #killedAt = 0

  constructor({ simulator, random, profile, file }: ShiftParts) {
    this.simulator = simulator
    this.random = random
    this.profile = profile
    this.file = file
  }

  get driver(): Driver {
    if (this.#driver === null) throw new Error('Nothing is running')
    return this.#driver
  }

  get isDead(): boolean {
    return this.#isDead
  }

  get killedAt(): number {
    return this.#killedAt
  }

  get open(): readonly OpenLine[] {
    return this.lines.filter((line): line is OpenLine => line.chatId !== null)
  }

  addLine(name: string): Line {
    const contact = this.simulator.contact({ customerName: name })
    const line: Line = { contact, chatId: null, typed: [], draft: '', staged: new Set() }
    this.lines.push(line)
    return line
  }

  async start(): Promise<void> {
    this.#driver = await this.profile.start()
    this.#isDead = false
  }

  /** Resolves once the end, in `milliseconds`, has come and what it leaves is in place. */
  async dieIn(milliseconds: number, signal: Signal = 'SIGKILL'): Promise<void> {
    await this.#pass(milliseconds)
    this.#killedAt = Date.now()
    this.#isDead = true
    const { driver } = this
    this.#driver = null
    await this.profile.end(driver, signal)
  }

  /** What the app answered; null when it ended before. Throws when it refuses while it lives. */
  async answer<T>(question: Promise<T>): Promise<T | null> {
    try {
      const answer = await question
      return this.#isDead ? null : answer
    } catch (error) {
      if (this.#isDead) return null
      throw error
    }
  }

  async close(): Promise<void> {
    if (this.#driver !== null) await this.dieIn(0)
    await this.profile.discard()
  }

  #pass(milliseconds: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, milliseconds))
  }
}
