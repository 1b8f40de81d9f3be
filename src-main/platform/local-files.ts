import path from 'node:path'
import { shownName } from '#shared/file-name.ts'
import { DeskError } from '#shared/failure.ts'
import type { LocalFile, LocalFiles, OpenLocalFile } from '../chat/local-files.ts'
import type { Picture } from './app-protocol.ts'
import { openChosen, type ChosenFile } from './chosen-file.ts'
import { hasPdfHeader, isProgram, isText, typeOfBytes, typeOfText } from './file-content.ts'
import { mostPixels, pixelsOf, readPicture } from './picture-header.ts'

/** Puts a picture where the page can show it; returns its address. */
export type ShowPicture = (picture: Picture) => string

/** On its way to the page a picture takes twice its size in memory; one this large has no preview before it is sent. */
const maxPreviewBytes = 8 * 1024 * 1024
/** Enough to tell text from anything else. */
const headBytes = 64 * 1024
/** A photo has its size behind what the camera and the editor wrote into it. */
const pictureHeadBytes = 1024 * 1024

/** Files the agent chose, read from the disk. Nothing in `profile`, and nothing of a guarded place, is read. */
export function createLocalFiles(showPicture: ShowPicture, profile: string): LocalFiles {
  const open = (file: string): Promise<OpenLocalFile> =>
    readable(file, async () => opened(file, await openChosen(file, profile)))
  return {
    open,
    inspect: (file) => using(file, profile, factsOf),
    preview: (file) =>
      using(file, profile, async (chosen) => {
        const contentType = await previewType(chosen)
        return contentType === null
          ? null
          : showPicture({ contentType, read: () => sameFile(() => open(file), chosen) })
      }),
  }
}

function using<T>(file: string, profile: string, work: (chosen: ChosenFile) => Promise<T>): Promise<T> {
  return readable(file, async () => {
    const chosen = await openChosen(file, profile)
    try {
      return await work(chosen)
    } finally {
      await chosen.close()
    }
  })
}

async function factsOf(chosen: ChosenFile): Promise<LocalFile> {
  const { name, bytes, modifiedAt, identity } = chosen
  const head = await chosen.head(headBytes)
  return {
    name,
    bytes,
    modifiedAt,
    identity,
    contentType: await contentTypeOf(name, head),
    nature: natureOf(head, bytes),
  }
}

/** A reader that is handed a file as a PDF takes it as one, whatever stands before its header. */
async function contentTypeOf(name: string, head: Uint8Array): Promise<string | null> {
  if (/\.pdf$/i.test(name) && hasPdfHeader(head)) return 'application/pdf'
  if (head.length === 0) return null
  const type = await typeOfBytes(head)
  return type === null || type === 'application/xml' ? (typeOfText(head) ?? type) : type
}

function natureOf(head: Uint8Array, bytes: number): LocalFile['nature'] {
  if (isProgram(head)) return 'program'
  return isText(head, head.length >= bytes) ? 'text' : 'other'
}

async function opened(file: string, chosen: ChosenFile): Promise<OpenLocalFile> {
  try {
    const facts = await factsOf(chosen)
    return { facts, read: () => piecesOf(file, chosen), close: () => chosen.close() }
  } catch (error) {
    await chosen.close()
    throw error
  }
}

async function* piecesOf(file: string, chosen: ChosenFile): AsyncGenerator<Uint8Array> {
  try {
    yield* chosen.read()
  } catch (error) {
    throw unreadable(file, error)
  }
}

/** Null for what does not stand still: beside other files there is no room to look at it move. */
async function previewType(chosen: ChosenFile): Promise<string | null> {
  if (chosen.bytes > maxPreviewBytes) return null
  const picture = readPicture(await chosen.head(Math.min(chosen.bytes, pictureHeadBytes)))
  return picture === null || picture.still !== null || pixelsOf(picture) > mostPixels
    ? null
    : picture.contentType
}

/** Read anew each time it is drawn, for as long as it is the file that was looked at. */
async function* sameFile(open: () => Promise<OpenLocalFile>, looked: ChosenFile): AsyncGenerator<Uint8Array> {
  const now = await open()
  try {
    const { identity, bytes, modifiedAt } = now.facts
    if (identity !== looked.identity || bytes !== looked.bytes || modifiedAt !== looked.modifiedAt) return
    for await (const piece of now.read()) yield piece.slice()
  } finally {
    await now.close()
  }
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
    : new DeskError(
        'file-unreadable',
        `${shownName(path.basename(file))} cannot be read. Check that it still exists.`,
      )
}
