import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { spawnSync } from 'node:child_process'
import { Disk, type DiskAct, type Survival } from './disk.ts'
import { straceOptions, TraceReader } from './trace.ts'

/** What Parley keeps in its profile. All else there is Chromium's, and gone after a power cut. */
const own = /^(vault|vault-copy|settings|unfinished)\.json|^parley\.db|^draw-in-software$/
const traceEndsWithin = 30_000

export interface PowerOptions {
  readonly random: () => number
  /** Syncs of files with this in their name are overlooked: the control that a loss is found. Empty for none. */
  readonly overlooked: string
}

/** Runs the app on a disk that forgets what was not synced. Needs strace. */
export class PowerCut {
  readonly #profile: string
  readonly #options: PowerOptions
  readonly #trace: string
  #before: ReadonlyMap<string, Buffer> = new Map()

  constructor(profile: string, options: PowerOptions) {
    this.#profile = profile
    this.#options = options
    this.#trace = `${profile}.trace`
  }

  static requireTool(): void {
    const { status } = spawnSync('strace', ['--seccomp-bpf', '-f', '-o', '/dev/null', 'true'])
    if (status !== 0)
      throw new Error('Power cuts need strace 5.3 or newer, allowed to trace: sudo apt-get install strace')
  }

  /** A program that runs `electron` and notes what it does to the disk. */
  async program(electron: string): Promise<string> {
    this.#before = await ownFiles(this.#profile)
    await rm(this.#trace, { force: true })
    const file = `${this.#profile}.sh`
    const words = ['strace', ...straceOptions, '-o', this.#trace, electron].map((word) => `'${word}'`)
    await writeFile(file, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`)
    await chmod(file, 0o700)
    return file
  }

  /** After the process was killed: leaves in the profile what was synced by then. */
  async happen(): Promise<void> {
    const acts = await this.#acts()
    const { random, overlooked } = this.#options
    const disk = new Disk(this.#before)
    for (const act of acts) if (!isOverlooked(act, overlooked)) disk.do(act)
    const survival: Survival = random() < 0.5 ? { unsynced: 'gone' } : { unsynced: 'some', random }
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    await mkdir(this.#profile, { mode: 0o700 })
    for (const [name, bytes] of disk.afterPowerCut(survival))
      await writeFile(path.join(this.#profile, name), bytes, { mode: 0o600 })
  }

  async discard(): Promise<void> {
    for (const suffix of ['.trace', '.sh']) await rm(this.#profile + suffix, { force: true })
  }

  /** All that was done. What the kill left shows whether every write was seen, and what became of the last ones. */
  async #acts(): Promise<readonly DiskAct[]> {
    const text = await this.#wholeTrace()
    const reader = new TraceReader(this.#profile, (name) => own.test(name))
    const sizes = new Map([...this.#before].map(([name, { length }]) => [name, length]))
    const { acts, unfinished } = reader.read(text, sizes)
    const found = await ownFiles(this.#profile)
    const last = unfinished.map((act) => asFound(act, found))
    const ways = [acts, [...acts, ...last.filter(({ kind }) => kind === 'write')], [...acts, ...last]]
    const way = ways.find((one) => differences(this.#before, one, found).length === 0)
    if (way !== undefined) return way
    throw new Error(`The trace does not tell all about ${differences(this.#before, acts, found).join()}.`)
  }

  /** strace ends when all that it follows has. One that was killed before it began has written nothing. */
  async #wholeTrace(): Promise<string> {
    const until = Date.now() + traceEndsWithin
    while (await isRunningWith(this.#trace)) {
      if (Date.now() > until) throw new Error('strace did not come to its end.')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return existsSync(this.#trace) ? readFile(this.#trace, 'latin1') : ''
  }
}

/** A write that was cut off has done what can be found of it. */
function asFound(act: DiskAct, found: ReadonlyMap<string, Buffer>): DiskAct {
  if (act.kind !== 'write') return act
  const bytes = found.get(act.name)?.subarray(act.at, act.at + act.bytes.length) ?? act.bytes
  return { ...act, bytes }
}

function differences(
  before: ReadonlyMap<string, Buffer>,
  acts: readonly DiskAct[],
  found: ReadonlyMap<string, Buffer>,
): readonly string[] {
  const disk = new Disk(before)
  for (const act of acts) disk.do(act)
  const followed = disk.seen()
  const names = new Set([...found.keys(), ...followed.keys()])
  return [...names].filter((name) => !(followed.get(name) ?? noFile).equals(found.get(name) ?? noFile))
}

async function isRunningWith(word: string): Promise<boolean> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(
    processes.map((name) => readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')),
  )
  return lines.some((line) => line.split('\0').includes(word))
}

const noFile = Buffer.from('no file')

function isOverlooked(act: DiskAct, overlooked: string): boolean {
  if (act.kind !== 'sync-began' || overlooked === '') return false
  return act.name?.includes(overlooked) ?? overlooked === 'folder'
}

async function ownFiles(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const names = entries.filter((entry) => entry.isFile() && own.test(entry.name)).map(({ name }) => name)
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(path.join(folder, name))] as const)),
  )
}
