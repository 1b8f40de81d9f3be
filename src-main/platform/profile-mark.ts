import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import type { Clock, Stop } from '../chat/clock.ts'
import { errorCode } from './error-code.ts'

const markName = 'parley.open'
const probeName = '.parley-probe'
const renewedEvery = 20_000
/** Three renewals missed: whoever it was has ended, or its computer sleeps. */
const believedFor = 60_000

const Mark = z.object({ host: z.string(), user: z.string() })
type Mark = z.infer<typeof Mark>

export const self: Mark = { host: hostname(), user: userInfo().username }

/**
 * Who has the profile open, in a file that is renewed while it lasts. Chromium's own lock says nothing of whether a
 * process of another computer still lives, and takes over; on a home on the network that means two writers.
 */
export class ProfileMark {
  readonly #file: string
  readonly #clock: Clock
  readonly #taken: (by: string) => void
  #stop: Stop = () => undefined

  constructor(folder: string, clock: Clock, taken: (by: string) => void) {
    this.#file = path.join(folder, markName)
    this.#clock = clock
    this.#taken = taken
  }

  begin(): void {
    this.#renew()
  }

  end(): void {
    this.#stop()
    if (isOther(readMark(this.#file))) return
    tolerating(() => {
      rmSync(this.#file, { force: true })
    })
  }

  #renew(): void {
    tolerating(() => {
      writeFileSync(this.#file, JSON.stringify(self), { mode: 0o600 })
    })
    this.#stop = this.#clock.after(renewedEvery, () => {
      const found = readMark(this.#file)
      if (isOther(found)) this.#taken(nameOf(found))
      else this.#renew()
    })
  }
}

/** Where the profile is open now, as in "on desk-4"; null when nobody has, as far as can be told. */
export function openedBy(folder: string): string | null {
  const file = path.join(folder, markName)
  const found = readMark(file)
  if (!isOther(found)) return null
  // Both times are those of the disk: clocks of two computers need not agree.
  const age = ageOf(file, path.join(folder, probeName))
  return age !== null && Math.abs(age) < believedFor ? nameOf(found) : null
}

/** Why nothing can be made in the folder; null when something can. */
export function refusalOf(folder: string): 'full' | 'refused' | null {
  const probe = path.join(folder, probeName)
  try {
    rmSync(probe, { force: true })
    writeFileSync(probe, '', { flag: 'wx', mode: 0o600 })
    rmSync(probe, { force: true })
    return null
  } catch (error) {
    const code = errorCode(error)
    return code === 'ENOSPC' || code === 'EDQUOT' ? 'full' : 'refused'
  }
}

function readMark(file: string): Mark | null {
  try {
    return Mark.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

function isOther(mark: Mark | null): mark is Mark {
  return mark !== null && (mark.host !== self.host || mark.user !== self.user)
}

function nameOf({ host, user }: Mark): string {
  return host === self.host ? `by another user (${user})` : `on ${host}`
}

function ageOf(file: string, probe: string): number | null {
  try {
    writeFileSync(probe, '', { mode: 0o600 })
    const age = statSync(probe).mtimeMs - statSync(file).mtimeMs
    rmSync(probe, { force: true })
    return age
  } catch {
    return null
  }
}

function tolerating(change: () => void): void {
  try {
    change()
  } catch {
    // A profile that takes nothing any more; what has to be written says so itself.
  }
}
