import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, readlinkSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { errorCode } from './error-code.ts'
import { makePrivateFolder } from './private-file.ts'
import { openedBy, refusalOf, self } from './profile-mark.ts'

const lockName = 'SingletonLock'

/** What this start may do with the profile it was given. */
export type ProfileClaim =
  /** It is this Parley's alone. `leftOpenOn` is a computer that left its lock behind. */
  | { readonly use: 'own'; readonly folder: string; readonly leftOpenOn: string | null }
  /** It may be read, as far as it is there; Chromium's own files are in `scratch`. */
  | {
      readonly use: 'unwritable'
      readonly why: 'full' | 'refused'
      readonly folder: string
      readonly scratch: string
    }
  /** Somebody else writes to it, and what is in it is theirs. */
  | { readonly use: 'in-use'; readonly by: string; readonly folder: string; readonly scratch: string }
  /** Another Parley of this user is open here, and was asked to show its window. */
  | { readonly use: 'running' }

/** A profile that a window can open on. */
export type OpenProfile = Exclude<ProfileClaim, { use: 'running' }>

export interface ClaimPorts {
  readonly folder: string
  /** Chromium's lock on the folder it works in; false also when it could not be made. */
  readonly requestLock: () => boolean
  /** Has Chromium work in another folder. */
  readonly moveTo: (folder: string) => void
}

/** Before any file is touched: two copies on one profile would both write it. */
export function claimProfile({ folder, requestLock, moveTo }: ClaimPorts): ProfileClaim {
  makePrivateFolder(folder)
  const why = refusalOf(folder)
  const by = why === null ? openedBy(folder) : null
  if (why === null && by === null) {
    clearFalseLock(folder)
    const leftOpenOn = otherHost(folder)
    if (requestLock()) return { use: 'own', folder, leftOpenOn }
    if (isHeldHere(folder)) return { use: 'running' }
    // It was just being left.
    if (requestLock()) return { use: 'own', folder, leftOpenOn }
  }
  const scratch = scratchFolder(folder)
  if (scratch !== null) {
    moveTo(scratch)
    if (!requestLock() && isHeldHere(scratch)) return { use: 'running' }
  }
  const place = { folder, scratch: scratch ?? folder }
  return by === null
    ? { use: 'unwritable', why: why ?? 'refused', ...place }
    : { use: 'in-use', by, ...place }
}

/** A copied profile has a file or a folder there, which holds nobody off and would never go away. */
function clearFalseLock(folder: string): void {
  const lock = path.join(folder, lockName)
  try {
    if (!lstatSync(lock).isSymbolicLink()) renameSync(lock, `${lock}.broken-${String(Date.now())}`)
  } catch {
    // There is none, or it cannot be moved: asking for the lock tells.
  }
}

function readLock(folder: string): { readonly host: string; readonly processId: number } | null {
  try {
    const [, host, processId] = /^(.*)-(\d+)$/.exec(readlinkSync(path.join(folder, lockName))) ?? []
    return host === undefined ? null : { host, processId: Number(processId) }
  } catch {
    return null
  }
}

function otherHost(folder: string): string | null {
  const lock = readLock(folder)
  return lock === null || lock.host === self.host ? null : lock.host
}

function isHeldHere(folder: string): boolean {
  // Windows has no link to read; its lock is refused only while somebody has it.
  if (process.platform === 'win32') return true
  const lock = readLock(folder)
  return lock !== null && lock.host === self.host && isAlive(lock.processId)
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/** The same at every start, so that a second one finds the first; null when no disk takes anything. */
function scratchFolder(folder: string): string | null {
  const user = process.getuid?.()
  const name = `parley-${String(user ?? self.user)}-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`
  const places = [process.env['XDG_RUNTIME_DIR'], tmpdir(), '/dev/shm']
  return places.flatMap((place) => (place ? [path.join(place, name)] : [])).find(isOurs) ?? null
}

/** In a place that everybody may write to, somebody else may have made it before. */
function isOurs(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const found = lstatSync(folder)
    const isPrivate =
      process.platform === 'win32' || (found.uid === process.getuid?.() && (found.mode & 0o077) === 0)
    return found.isDirectory() && isPrivate && refusalOf(folder) === null
  } catch {
    return false
  }
}

/** What Chromium left there is of no use to the next start. */
export function removeScratch(claim: ProfileClaim): void {
  if (!('scratch' in claim) || claim.scratch === claim.folder) return
  try {
    rmSync(claim.scratch, { recursive: true, force: true })
  } catch {
    // It holds nothing of a customer's.
  }
}
