import path from 'node:path'
import { existsSync } from 'node:fs'
import { fileTypeFromBuffer } from 'file-type'
import type { AttachmentFile } from '#shared/entry.ts'
import { DeskError } from '#shared/failure.ts'
import type { ChatSession } from '../chat/chat-session.ts'
import { numbered, safeName } from '../platform/safe-name.ts'
import type { Dialogs } from '../platform/dialogs.ts'
import type { Picture } from '../platform/app-protocol.ts'

export interface AttachmentPorts {
  readonly dialogs: Dialogs
  readonly pictures: { put(picture: Picture): string }
  /** Pieces of the file behind a signed address. Throws `DeskError`. */
  readonly download: (file: RemoteFile) => AsyncIterable<Uint8Array>
  readonly writeWhole: (path: string, pieces: AsyncIterable<Uint8Array>) => Promise<unknown>
}

export interface RemoteFile {
  readonly instanceId: string
  readonly url: string
  readonly maxBytes: number
}

/** The service takes 20 MB; what it hands out may be a little more with a later limit. */
const maxFileBytes = 64 * 1024 * 1024
const maxPictureBytes = 24 * 1024 * 1024
/** The agent has the original of what the agent sent: a large one is not fetched back only to be looked at. */
const maxOwnPictureBytes = 8 * 1024 * 1024
const shownTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/** Files that customers sent: looked at from a local copy, or put where the person says. Never opened by itself. */
export class Attachments {
  readonly #ports: AttachmentPorts
  readonly #previews = new Map<string, string>()
  readonly #saved = new Map<string, string>()

  constructor(ports: AttachmentPorts) {
    this.#ports = ports
  }

  /** The content decides whether it is a picture, not its name and not what the sender called it. */
  async preview(session: ChatSession, attachmentId: string): Promise<{ url: string }> {
    const known = this.#previews.get(attachmentId)
    if (known !== undefined) return { url: known }
    // Only of what was sent from here is the size known before it is fetched.
    const isLargeAndOwn = (fileOf(session, attachmentId).bytes ?? 0) > maxOwnPictureBytes
    if (isLargeAndOwn) throw tooLarge()
    const bytes = await collect(await this.#fetch(session, attachmentId, maxPictureBytes))
    const type = await fileTypeFromBuffer(bytes)
    if (type === undefined || !shownTypes.has(type.mime)) {
      throw new DeskError('wrong-type', 'This file is not a picture that can be shown. Save it instead.')
    }
    const url = this.#ports.pictures.put({ bytes, contentType: type.mime })
    this.#previews.set(attachmentId, url)
    return { url }
  }

  async save(session: ChatSession, attachmentId: string): Promise<'saved' | 'cancelled'> {
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

  async saveAll(session: ChatSession): Promise<{ saved: number; failed: number }> {
    const folder = await this.#ports.dialogs.chooseFolder(`Save all files of ${session.summary().customer}`)
    const counts = { saved: 0, failed: 0 }
    if (folder === null) return counts
    for (const { attachmentId, name } of approvedFiles(session)) {
      const target = path.join(
        folder,
        numbered(safeName(name), (one) => existsSync(path.join(folder, one))),
      )
      try {
        await this.#write(session, attachmentId, target)
        counts.saved += 1
      } catch (error) {
        if (!(error instanceof DeskError)) throw error
        counts.failed += 1
      }
    }
    return counts
  }

  /** Shows the saved copy in its folder. */
  show(attachmentId: string): void {
    const target = this.#saved.get(attachmentId)
    if (target === undefined) throw new DeskError('not-found', 'This file was not saved yet.')
    this.#ports.dialogs.showInFolder(target)
  }

  async #write(session: ChatSession, attachmentId: string, target: string): Promise<void> {
    await this.#ports.writeWhole(target, await this.#fetch(session, attachmentId, maxFileBytes))
    this.#saved.set(attachmentId, target)
  }

  /** A fresh address every time: they run out within minutes. */
  async #fetch(
    session: ChatSession,
    attachmentId: string,
    maxBytes: number,
  ): Promise<AsyncIterable<Uint8Array>> {
    if (fileOf(session, attachmentId).status !== 'approved') {
      throw new DeskError(
        'rejected-by-scan',
        'This file is not available. It was rejected or is still being scanned.',
      )
    }
    const { url, bytes } = await session.attachment(attachmentId)
    if (bytes > maxBytes) throw tooLarge()
    const { instanceId } = session.summary()
    return this.#ports.download({ instanceId, url: url.reveal(), maxBytes })
  }
}

function approvedFiles(session: ChatSession): readonly AttachmentFile[] {
  return session
    .entries()
    .flatMap((entry) => (entry.kind === 'attachment' ? entry.files : []))
    .filter(({ status }) => status === 'approved')
}

function tooLarge(): DeskError {
  return new DeskError('too-large', 'This file is too large to be opened here.')
}

function fileOf(session: ChatSession, attachmentId: string): AttachmentFile {
  const found = session
    .entries()
    .flatMap((entry) => (entry.kind === 'attachment' ? entry.files : []))
    .findLast((file) => file.attachmentId === attachmentId)
  if (found === undefined) throw new DeskError('not-found', 'This file is not part of the conversation.')
  return found
}

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}
