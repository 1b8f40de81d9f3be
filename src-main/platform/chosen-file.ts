import { type BigIntStats, constants } from 'node:fs'
import { access, type FileHandle, lstat, open, readlink, realpath } from 'node:fs/promises'
import path from 'node:path'
import { shownName } from '#shared/file-name.ts'
import { DeskError } from '#shared/failure.ts'
import { guardOf, isForeignPath, type Guard } from './guarded-places.ts'

/** A regular file that was opened where the agent pointed, and nowhere else. */
export interface ChosenFile {
  readonly name: string
  readonly bytes: number
  readonly modifiedAt: number
  readonly identity: string
  /** At most this many bytes of its beginning. */
  head(bytes: number): Promise<Uint8Array>
  /** From its beginning. A piece is good until the next one is asked for. Throws when it was written to meanwhile. */
  read(): AsyncGenerator<Uint8Array>
  close(): Promise<void>
}

const pieceBytes = 64 * 1024
// Windows has no O_NOFOLLOW and no O_NONBLOCK; without a value they add nothing. Without the second a pipe would be
// waited for.
const forReading = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

const sentences: Readonly<Record<Guard, string>> = {
  profile: 'belongs to Parley itself. Nothing of it can be sent.',
  keys: 'lies where keys and passwords are kept. It cannot be sent. Copy it elsewhere if it is meant for a customer.',
  browser: 'lies where a browser keeps passwords and cookies. It cannot be sent.',
  device: 'belongs to the system. It cannot be sent.',
}

/**
 * Opens what stands at this path for reading. A path says what somebody saw, not where it leads: no link is followed,
 * no share or device is asked for, and what lies in a guarded place is refused, all with a sentence.
 */
export async function openChosen(file: string, profile: string): Promise<ChosenFile> {
  const name = shownName(path.basename(file))
  if (!path.isAbsolute(file) || file.includes('\0')) throw refused(name, 'has no place on this computer.')
  if (isForeignPath(file))
    throw refused(name, 'lies on another computer or a device. Copy it to this computer first.')
  const straight = path.resolve(file)
  await refuseGuarded(straight, profile, name)
  await refuseLinks(straight, name)
  await refuseGuarded(await realpath(straight), profile, name)
  const found = await lstat(straight, { bigint: true })
  if (!found.isFile()) throw refused(name, 'is not a file.')
  const handle = await open(straight, forReading)
  try {
    const opened = await handle.stat({ bigint: true })
    const real = await placeOf(handle, straight)
    await refuseGuarded(real, profile, name)
    if (!opened.isFile() || identityOf(opened) !== identityOf(found)) throw changed(name)
    return chosen(handle, path.basename(file), opened)
  } catch (error) {
    await handle.close()
    throw error
  }
}

/**
 * A link in a folder that only the administrator writes to is how this computer is laid out; any other was put there
 * by somebody, and may lead anywhere.
 */
async function refuseLinks(file: string, name: string): Promise<void> {
  for (let at = file; at !== path.dirname(at); at = path.dirname(at)) {
    const found = await lstat(at)
    if (!found.isSymbolicLink()) continue
    const isOfComputer = at !== file && (await isOutOfReach(path.dirname(at)))
    if (!isOfComputer) throw refused(name, `is reached by a link. Add it from ${await leadsTo(at)} itself.`)
  }
}

async function isOutOfReach(folder: string): Promise<boolean> {
  if (process.platform === 'win32') return false
  return access(folder, constants.W_OK).then(
    () => false,
    () => true,
  )
}

async function leadsTo(link: string): Promise<string> {
  const target = await readlink(link).catch(() => '')
  return target === '' ? 'where it lies' : shownName(path.resolve(path.dirname(link), target))
}

async function refuseGuarded(real: string, profile: string, name: string): Promise<void> {
  const guard = guardOf(real, await realpath(profile).catch(() => profile))
  if (guard !== null) throw refused(name, sentences[guard])
}

/** Where the file that is open lies, whoever moved folders about since its path was looked at. */
async function placeOf({ fd }: FileHandle, file: string): Promise<string> {
  return process.platform === 'linux'
    ? readlink(`/proc/self/fd/${String(fd)}`).catch(() => realpath(file))
    : realpath(file)
}

function chosen(handle: FileHandle, name: string, found: BigIntStats): ChosenFile {
  return {
    name,
    bytes: Number(found.size),
    modifiedAt: millisecondsOf(found.mtimeNs),
    identity: identityOf(found),
    async head(bytes) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0)
      return buffer.subarray(0, bytesRead)
    },
    async *read() {
      // One buffer for all pieces: new ones would lie about as garbage until nearly the whole file is in memory.
      const buffer = new Uint8Array(pieceBytes)
      for (let at = 0; ;) {
        const { bytesRead } = await handle.read(buffer, 0, pieceBytes, at)
        if (bytesRead === 0) break
        at += bytesRead
        yield buffer.subarray(0, bytesRead)
      }
      const now = await handle.stat({ bigint: true })
      if (now.mtimeNs !== found.mtimeNs || now.size !== found.size) throw changed(shownName(name))
    },
    close: () => handle.close(),
  }
}

/** Numbers of a file system are larger than a number here can tell apart. */
function identityOf({ dev, ino }: BigIntStats): string {
  return `${String(dev)}:${String(ino)}`
}

/** As Node tells it where numbers are not big: records of earlier versions have it so. */
function millisecondsOf(nanoseconds: bigint): number {
  return Number(nanoseconds / 1_000_000_000n) * 1000 + Number(nanoseconds % 1_000_000_000n) / 1e6
}

function changed(name: string): DeskError {
  return refused(name, 'was replaced while it was being read. Add it again.')
}

function refused(name: string, what: string): DeskError {
  return new DeskError('file-unreadable', `${name} ${what}`)
}
