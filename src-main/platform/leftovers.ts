import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { syncFile } from '../sync-file.ts'
import { writeWhole, type Pieces, type Written, type WritingSteps } from './whole-file.ts'

/** What a kill leaves of a file that was being written in the profile. */
const inProfile =
  /^((vault(-copy)?|settings)\.json\.tmp-\w+|parley\.db\.probe.*|parley\.db\.broken-.*\.copy.*|parley\.db\.counts\.part)$/
const part = /^\.parley-[0-9a-f-]{36}\.part$/
const list = 'unfinished.json'
/** Another Parley may be writing beside ours, with a profile of its own; nothing takes it this long. */
const abandonedAfter = 3_600_000

const Unfinished = z.object({ parts: z.array(z.string()), folders: z.array(z.string()).default([]) })
const mostFolders = 20

/**
 * Files that were begun and not finished: half a vault, half an export. Where exports go is noted before their first
 * byte, so that a kill or a power cut leaves nothing of a customer's behind for good.
 */
export class Leftovers {
  readonly #profile: string
  readonly #now: () => number
  readonly #underWay = new Set<string>()
  #parts: readonly string[]
  #folders: readonly string[]

  constructor(profile: string, now: () => number) {
    this.#profile = profile
    this.#now = now
    const { parts, folders } = readList(path.join(profile, list))
    this.#parts = parts
    this.#folders = folders
  }

  /** As `writeWhole`, swept should it not come to its end. */
  readonly write = async (
    target: string,
    pieces: Pieces,
    finished?: WritingSteps['finished'],
  ): Promise<Written> => {
    let own = ''
    try {
      return await writeWhole(target, pieces, {
        began: (begun) => {
          own = begun
          this.#began(begun)
        },
        ...(finished !== undefined && { finished }),
      })
    } finally {
      this.#ended(own)
    }
  }

  /** At the start and at sign-out: nothing else writes to the profile at that moment. */
  sweep(): void {
    for (const name of namesIn(this.#profile))
      if (inProfile.test(name) || part.test(name)) remove(path.join(this.#profile, name))
    const left = this.#parts.filter((file) => !this.#underWay.has(file))
    const stuck = left.filter((file) => part.test(path.basename(file)) && !remove(file))
    for (const folder of this.#folders) this.#sweepFolder(folder)
    this.#parts = [...this.#underWay, ...stuck]
    if (left.length > 0) this.#note()
  }

  #sweepFolder(folder: string): void {
    for (const name of namesIn(folder)) {
      const file = path.join(folder, name)
      if (part.test(name) && !this.#underWay.has(file) && this.#now() - changedAt(file) > abandonedAfter)
        remove(file)
    }
  }

  #began(file: string): void {
    this.#underWay.add(file)
    this.#parts = [...this.#parts, file]
    const folder = path.dirname(file)
    this.#folders = [folder, ...this.#folders.filter((other) => other !== folder)].slice(0, mostFolders)
    this.#note()
  }

  #ended(file: string): void {
    this.#underWay.delete(file)
    this.#parts = this.#parts.filter((other) => other !== file)
    this.#note()
  }

  #note(): void {
    const file = path.join(this.#profile, list)
    try {
      writeFileSync(file, JSON.stringify({ parts: this.#parts, folders: this.#folders }), { mode: 0o600 })
      syncFile(file)
    } catch {
      // A profile that takes nothing: the export may still be made, and cleans up after itself unless it is killed.
    }
  }
}

function readList(file: string): z.infer<typeof Unfinished> {
  try {
    return Unfinished.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return { parts: [], folders: [] }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity
}

/** False when it is still there. */
function remove(file: string): boolean {
  try {
    rmSync(file, { force: true })
    return true
  } catch {
    return false
  }
}
