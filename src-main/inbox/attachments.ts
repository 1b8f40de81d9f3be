import path from 'node:path'
import { existsSync } from 'node:fs'
import type { AttachmentFile } from '#shared/entry.ts'
import { DeskError } from '#shared/failure.ts'
import { mostPixels, pixelsOf, readPicture, type PictureHeader } from '../platform/picture-header.ts'
import { joined } from '../platform/joined.ts'
import { numbered, safeName } from '../platform/safe-name.ts'
import type { Dialogs } from '../platform/dialogs.ts'
import type { Picture } from '../platform/app-protocol.ts'
import { filesOf, receivedFiles, type AttachmentCopies, type FileSource } from './attachment-copies.ts'

export interface AttachmentPorts {
  readonly dialogs: Dialogs
  readonly pictures: { put(picture: Picture): string; holds(address: string): boolean }
  readonly copies: Pick<AttachmentCopies, 'open' | 'of'>
  readonly writeWhole: (path: string, pieces: AsyncIterable<Uint8Array>) => Promise<unknown>
}

export interface SavedFiles {
  /** The attachments that were saved. */
  readonly saved: readonly string[]
  readonly failed: readonly { readonly name: string; readonly reason: string }[]
}

const maxPictureBytes = 24 * 1024 * 1024
/** The agent has the original of what the agent sent: a large one is not fetched back only to be looked at. */
const maxOwnPictureBytes = 8 * 1024 * 1024
/** What a picture costs to decode, a moving one costs anew for every frame. */
const mostMovingPixels = 2_000_000

export interface ShownPicture {
  /** Stands still. */
  readonly url: string
  /** The same, moving; null where nothing moves, or too much would. */
  readonly movingUrl: string | null
}

/** Files that customers sent: looked at from a local copy, or put where the person says. Never opened by itself. */
export class Attachments {
  readonly #ports: AttachmentPorts
  readonly #previews = new Map<string, ShownPicture>()
  readonly #underWay = new Map<string, Promise<ShownPicture>>()
  readonly #saved = new Map<string, string>()

  constructor(ports: AttachmentPorts) {
    this.#ports = ports
  }

  /** The same addresses as before only while the picture is still there. */
  async preview(session: FileSource, attachmentId: string): Promise<ShownPicture> {
    const known = this.#previews.get(attachmentId)
    if (known !== undefined && this.#holds(known)) return known
    const work = this.#underWay.get(attachmentId) ?? this.#show(session, attachmentId)
    this.#underWay.set(attachmentId, work)
    try {
      return await work
    } finally {
      this.#underWay.delete(attachmentId)
    }
  }

  /** Attachments of the chat that are at hand whatever becomes of it. */
  kept(session: FileSource): readonly string[] {
    return this.#ports.copies.of(session)
  }

  async save(session: FileSource, attachmentId: string): Promise<'saved' | 'cancelled'> {
    const name = safeName(fileOf(session, attachmentId).name)
    const extension = path.extname(name).slice(1)
    const target = await this.#ports.dialogs.chooseFile({
      title: `Save ${name}`,
      suggestedName: name,
      extension: extension === '' ? '*' : extension,
      typeName: extension === '' ? 'All files' : extension.toUpperCase(),
    })
    if (target === null) return 'cancelled'
    await this.#write(session, attachmentId, target)
    return 'saved'
  }

  async saveAll(session: FileSource): Promise<SavedFiles> {
    const folder = await this.#ports.dialogs.chooseFolder(`Save all files of ${session.summary().customer}`)
    const saved: string[] = []
    const failed: { name: string; reason: string }[] = []
    if (folder === null) return { saved, failed }
    for (const { attachmentId, name } of receivedFiles(session)) {
      try {
        await this.#write(session, attachmentId, freePath(folder, name))
        saved.push(attachmentId)
      } catch (error) {
        if (!(error instanceof DeskError)) throw error
        failed.push({ name, reason: error.failure.message })
      }
    }
    return { saved, failed }
  }

  /** Shows the saved copy in its folder. */
  show(attachmentId: string): void {
    const target = this.#saved.get(attachmentId)
    if (target === undefined) throw new DeskError('not-found', 'This file was not saved yet.')
    if (!existsSync(target)) {
      throw new DeskError('not-found', 'The saved file is no longer where it was. Save it again.')
    }
    this.#ports.dialogs.showInFolder(target)
  }

  async #write(session: FileSource, attachmentId: string, target: string): Promise<void> {
    await this.#ports.writeWhole(target, this.#open(session, attachmentId))
    this.#saved.set(attachmentId, target)
  }

  /** The content decides whether it is a picture, not its name and not what the sender called it. */
  async #show(session: FileSource, attachmentId: string): Promise<ShownPicture> {
    // Only of what was sent from here is the size known before it is fetched.
    if ((fileOf(session, attachmentId).bytes ?? 0) > maxOwnPictureBytes) throw tooLarge()
    const bytes = await joined(upTo(maxPictureBytes, this.#open(session, attachmentId)))
    const picture = readPicture(bytes)
    if (picture === null) {
      throw new DeskError('wrong-type', 'This file is not a picture that can be shown. Save it instead.')
    }
    if (pixelsOf(picture) > mostPixels) throw tooManyPixels(picture)
    const { pictures } = this.#ports
    const { contentType, still } = picture
    const shown = {
      url: pictures.put({ bytes: still === null ? bytes : await joined(still), contentType }),
      movingUrl:
        still !== null && pixelsOf(picture) <= mostMovingPixels ? pictures.put({ bytes, contentType }) : null,
    }
    this.#previews.set(attachmentId, shown)
    return shown
  }

  #holds({ url, movingUrl }: ShownPicture): boolean {
    const { pictures } = this.#ports
    return pictures.holds(url) && (movingUrl === null || pictures.holds(movingUrl))
  }

  #open(session: FileSource, attachmentId: string): AsyncIterable<Uint8Array> {
    if (fileOf(session, attachmentId).status !== 'approved') {
      throw new DeskError(
        'rejected-by-scan',
        'This file is not available. It was rejected or is still being scanned.',
      )
    }
    return this.#ports.copies.open(session, attachmentId)
  }
}

function freePath(folder: string, name: string): string {
  const isTaken = (candidate: string): boolean => existsSync(path.join(folder, candidate))
  return path.join(folder, numbered(safeName(name), isTaken))
}

function tooLarge(): DeskError {
  return new DeskError('too-large', 'This file is too large to be opened here.')
}

function fileOf(session: FileSource, attachmentId: string): AttachmentFile {
  const found = filesOf(session).findLast((file) => file.attachmentId === attachmentId)
  if (found === undefined) throw new DeskError('not-found', 'This file is not part of the conversation.')
  return found
}

function tooManyPixels({ width, height }: PictureHeader): DeskError {
  const size = `${width.toLocaleString('en')} x ${height.toLocaleString('en')}`
  return new DeskError('too-large', `This picture of ${size} pixels is too large to show. Save it instead.`)
}

async function* upTo(maxBytes: number, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const piece of pieces) {
    bytes += piece.length
    if (bytes > maxBytes)
      throw new DeskError('too-large', 'This picture is too large to show. Save it instead.')
    yield piece
  }
}
