import { open, stat } from 'node:fs/promises'
import path from 'node:path'
import { DeskError } from '#shared/failure.ts'
import type { LocalFile, LocalFiles } from '../chat/local-files.ts'
import type { Picture } from './app-protocol.ts'
import { isProgram, isText, typeOfFile } from './file-content.ts'

/** Puts a picture where the page can show it; returns its address. */
export type ShowPicture = (picture: Picture) => string

const pieceBytes = 64 * 1024
/** On its way to the page a picture takes twice its size in memory; one this large has no preview before it is sent. */
const maxPreviewBytes = 8 * 1024 * 1024
/** Enough to tell text from anything else. */
const headBytes = 64 * 1024
const shownTypes: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/** Files the agent chose, read from the disk. */
export function createLocalFiles(showPicture: ShowPicture): LocalFiles {
  return {
    inspect: (file) => readable(file, () => inspect(file)),
    read: (file) => pieces(file),
    preview: (file) => readable(file, () => preview(file, showPicture)),
  }
}

async function inspect(file: string): Promise<LocalFile> {
  const found = await stat(file)
  if (!found.isFile()) throw new DeskError('file-unreadable', `${path.basename(file)} is not a file.`)
  const head = await headOf(file)
  return {
    name: path.basename(file),
    bytes: found.size,
    modifiedAt: found.mtimeMs,
    contentType: found.size === 0 ? null : await typeOfFile(file),
    nature: natureOf(head, found.size),
  }
}

async function headOf(file: string): Promise<Uint8Array> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

function natureOf(head: Uint8Array, bytes: number): LocalFile['nature'] {
  if (isProgram(head)) return 'program'
  return isText(head, head.length >= bytes) ? 'text' : 'other'
}

async function* pieces(file: string): AsyncGenerator<Uint8Array> {
  try {
    // One buffer for all pieces: new ones would lie about as garbage until nearly the whole file is in memory.
    const handle = await open(file)
    const buffer = new Uint8Array(pieceBytes)
    try {
      for (;;) {
        const { bytesRead } = await handle.read(buffer, 0, pieceBytes)
        if (bytesRead === 0) return
        yield buffer.subarray(0, bytesRead)
      }
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw unreadable(file, error)
  }
}

async function preview(file: string, showPicture: ShowPicture): Promise<string | null> {
  const { size } = await stat(file)
  const contentType = await typeOfFile(file)
  if (contentType === null || !shownTypes.has(contentType) || size > maxPreviewBytes) return null
  return showPicture({ file, contentType })
}

async function readable<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw unreadable(file, error)
  }
}

function unreadable(file: string, error: unknown): DeskError {
  return error instanceof DeskError
    ? error
    : new DeskError('file-unreadable', `${path.basename(file)} cannot be read. Check that it still exists.`)
}
