import { createHash, randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, lstat, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { DeskError } from '#shared/failure.ts'
import { syncFolder } from '../sync-file.ts'
import { errorCode } from './error-code.ts'

export interface Written {
  readonly bytes: number
  readonly sha256: string
}

export type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>

export interface WritingSteps {
  /** Before the first byte. */
  readonly began?: (part: string) => void
  /** It is whole, and has not got its name yet. */
  readonly finished?: (part: string) => Promise<void>
}

const blockBytes = 256 * 1024

/**
 * Replaces the file at `target` whole or not at all: written beside it, synced, renamed over it, the folder synced.
 * Never follows a link at the final name. Rejects with 'disk-full', 'read-only' or 'file-unreadable'; an older file
 * of that name is untouched then, and nothing half-written is left behind.
 */
export async function writeWhole(
  target: string,
  pieces: Pieces,
  { began, finished }: WritingSteps = {},
): Promise<Written> {
  const folder = path.dirname(target)
  // Not made from the target's name, which may be as long as a name can be.
  const part = path.join(folder, `.parley-${randomUUID()}.part`)
  try {
    await refuseLink(target)
    began?.(part)
    const written = await writePart(part, pieces)
    await finished?.(part)
    await rename(part, target).catch((error: unknown) => {
      throw renameTrouble(error, target)
    })
    syncFolder(folder)
    return written
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined)
    throw diskTrouble(error, folder)
  }
}

async function writePart(part: string, pieces: Pieces): Promise<Written> {
  const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants
  // Windows has no O_NOFOLLOW; without a value it adds nothing.
  const file = await open(part, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o600)
  const hash = createHash('sha256')
  let bytes = 0
  let refusal: unknown = null
  const write = async (block: Uint8Array): Promise<void> => {
    hash.update(block)
    bytes += block.length
    if (refusal !== null) return
    await file.writeFile(block).catch((error: unknown) => {
      // What is made here costs little to make to its end, and then the room it needs can be named.
      if (errorCode(error) !== 'ENOSPC' || !(Symbol.iterator in pieces)) throw error
      refusal = error
    })
  }
  try {
    await inBlocks(pieces, write)
    if (refusal !== null) throw noRoom(path.dirname(part), bytes)
    await syncContent(file)
  } finally {
    await file.close()
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** Some shares cannot sync, which is no reason to call what they took lost; one that fails to write says so. */
async function syncContent(file: FileHandle): Promise<void> {
  await file.sync().catch((error: unknown) => {
    if (!cannotSync.has(errorCode(error))) throw error
  })
}

const cannotSync = new Set<unknown>(['EINVAL', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'ENOTTY'])

/** Every block is good until it is written: they share one piece of memory, however long the file is. */
async function inBlocks(pieces: Pieces, write: (block: Uint8Array) => Promise<void>): Promise<void> {
  const block = new Uint8Array(blockBytes)
  let filled = 0
  for await (const piece of pieces) {
    let rest: Uint8Array = typeof piece === 'string' ? Buffer.from(piece) : piece
    while (rest.length > 0) {
      const taken = Math.min(rest.length, blockBytes - filled)
      block.set(rest.subarray(0, taken), filled)
      filled += taken
      rest = rest.subarray(taken)
      if (filled < blockBytes) continue
      await write(block)
      filled = 0
    }
  }
  await write(block.subarray(0, filled))
}

async function refuseLink(target: string): Promise<void> {
  const found = await lstat(target).catch((error: unknown) => {
    if (errorCode(error) === 'ENAMETOOLONG') throw renameTrouble(error, target)
    return null
  })
  if (found === null || found.isFile()) return
  throw new DeskError('read-only', 'There is something other than a file of that name. Choose another name.')
}

/** What the disk said, as a sentence that tells what to do. Other errors pass unchanged: they are bugs. */
export function diskTrouble(error: unknown, folder: string): unknown {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return noRoom(folder, null)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new DeskError('read-only', `Parley may not write in ${folder}. Choose another folder.`)
    case 'EBUSY':
    case 'ETXTBSY':
      return new DeskError('not-saved', `${folder} is in use by another program. Try again in a moment.`)
    case 'EINVAL':
    case 'ENAMETOOLONG':
      return new DeskError('bad-name', `${folder} does not take files from here. Choose another folder.`)
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENODEV':
    case 'ENXIO':
    case 'ENOMEDIUM':
    case 'ESTALE':
    case 'ENOTCONN':
    case 'EHOSTDOWN':
      return new DeskError(
        'not-saved',
        `${folder} is no longer there. Connect the drive again or choose another folder.`,
      )
    case 'EIO':
    case 'EREMOTEIO':
    case 'ETIMEDOUT':
    case 'UNKNOWN':
      return new DeskError(
        'not-saved',
        `${folder} cannot be written to at the moment. Choose another folder.`,
      )
    default:
      return error
  }
}

/** The content is written: what is wrong now is wrong with the name. */
function renameTrouble(error: unknown, target: string): unknown {
  const name = path.basename(target)
  switch (errorCode(error)) {
    case 'EINVAL':
    case 'ENOENT':
    case 'EILSEQ':
      return new DeskError(
        'bad-name',
        `A file cannot be called “${name}” in ${path.dirname(target)}. Choose a name without : ? * " < > | and \\.`,
      )
    case 'ENAMETOOLONG':
      return new DeskError(
        'bad-name',
        `The name “${name}” is too long for this folder. Choose a shorter one.`,
      )
    case 'EBUSY':
    case 'ETXTBSY':
    // Windows says that of a file another program holds open.
    case 'EPERM':
    case 'EACCES':
      return new DeskError(
        'not-saved',
        `“${name}” is open in another program or protected. Close it there or choose another name.`,
      )
    default:
      return error
  }
}

function noRoom(folder: string, bytes: number | null): DeskError {
  const need = bytes === null ? '' : ` The file needs ${(bytes / 1_000_000).toFixed(1)} MB.`
  return new DeskError(
    'disk-full',
    `There is no room left in ${folder}.${need} Free some space or choose another folder.`,
  )
}
