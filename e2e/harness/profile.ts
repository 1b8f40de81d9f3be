import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { electronProgram, mayUseSandbox } from '../fixtures.ts'
import { Driver } from './driver.ts'
import { PowerCut, type PowerOptions } from './power/power-cut.ts'

export type Signal = 'SIGKILL' | 'SIGTERM'

const gentleWithin = 10_000

/** A profile of its own, and the ways the app on it begins and ends. */
export class Profile {
  readonly #folder: string
  readonly #args: readonly string[]
  readonly #powerCut: PowerCut | null

  private constructor(folder: string, endpoint: string, power: PowerOptions | null) {
    this.#folder = folder
    this.#args = [`--user-data-dir=${folder}`, `--endpoint=${endpoint}`, '--password-store=gnome-libsecret']
    this.#powerCut = power === null ? null : new PowerCut(folder, power)
  }

  static async create(endpoint: string, power: PowerOptions | null): Promise<Profile> {
    return new Profile(await mkdtemp(path.join(tmpdir(), 'parley-crash-')), endpoint, power)
  }

  /** A power cut is not announced. */
  get knowsGentleEnds(): boolean {
    return this.#powerCut === null
  }

  async start(): Promise<Driver> {
    return Driver.start(this.#args, await this.#program())
  }

  /** Starts it as a person does, without a hand on it, and ends it `milliseconds` later. */
  async startFor(milliseconds: number): Promise<void> {
    const sandbox = mayUseSandbox() ? [] : ['--no-sandbox']
    const program = await this.#program()
    const app = spawn(program, [process.cwd(), ...sandbox, ...this.#args], { stdio: 'ignore' })
    const exit = once(app, 'exit')
    await new Promise((resolve) => setTimeout(resolve, milliseconds))
    app.kill('SIGKILL')
    await exit
    await this.#powerCut?.happen()
  }

  /** What a kill, or a power cut, leaves is what the next start finds. A gentler signal is given time. */
  async end(driver: Driver, signal: Signal): Promise<void> {
    const exit = once(driver.app.process(), 'exit')
    process.kill(driver.processId, signal)
    const late = setTimeout(() => process.kill(driver.processId, 'SIGKILL'), gentleWithin)
    await exit
    clearTimeout(late)
    await driver.close()
    await this.#powerCut?.happen()
  }

  /** Whether a token of any chat lies in the vault. */
  async holdsTokens(): Promise<boolean> {
    const text = await readFile(path.join(this.#folder, 'vault.json'), 'utf8')
    const { entries } = JSON.parse(text) as { entries: readonly { kind: string }[] }
    return entries.some(({ kind }) => kind === 'participant' || kind === 'connection')
  }

  async discard(): Promise<void> {
    await this.#powerCut?.discard()
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }

  #program(): Promise<string> {
    return this.#powerCut?.program(electronProgram()) ?? Promise.resolve(electronProgram())
  }
}
