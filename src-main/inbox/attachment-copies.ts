import type { AttachmentFile } from '#shared/entry.ts'
import { DeskError } from '#shared/failure.ts'
import type { Chat, ChatId } from '#shared/model.ts'
import type { ChatSession } from '../chat/chat-session.ts'
import type { Clock } from '../chat/clock.ts'
import { failureOf, willPass } from '../chat/trouble.ts'

/** What is needed of a conversation to come by its files. */
export interface FileSource extends Pick<ChatSession, 'entries' | 'attachment'> {
  summary(): Pick<Chat, 'chatId' | 'customer' | 'instanceId' | 'link'>
}

export interface RemoteFile {
  readonly instanceId: string
  readonly url: string
  readonly maxBytes: number
}

/** Where copies lie: encrypted on the disk, or in memory. It may refuse a file by not having it afterwards. */
export interface CopyShelf {
  has(name: string): boolean
  put(name: string, pieces: AsyncIterable<Uint8Array>): Promise<void>
  read(name: string): AsyncIterable<Uint8Array>
  drop(name: string): Promise<void>
  dropAll(isMeant: (name: string) => boolean): Promise<void>
}

export interface CopyPorts {
  readonly clock: Clock
  readonly shelf: CopyShelf
  /** Pieces of the file behind a signed address. Throws `DeskError`. */
  readonly download: (file: RemoteFile) => AsyncIterable<Uint8Array>
}

interface Wish {
  readonly session: FileSource
  readonly attachmentId: string
  /** Times it was refused; what only the way there spoiled does not count. */
  readonly tries: number
}

/** The service takes 20 MB; what it hands out may be a little more with a later limit. */
const maxFileBytes = 64 * 1024 * 1024
const mostTries = 4
const tryAgainAfter = 15_000

/**
 * The service hands out files only while the chat lives, and the customer may leave at any moment. So what a customer
 * sends is fetched when it has passed the scan, and stays at hand until the contact is closed.
 */
export class AttachmentCopies {
  readonly #ports: CopyPorts
  readonly #underWay = new Map<string, Promise<boolean>>()
  /** Their chats went while they were on their way. */
  readonly #unwanted = new Set<string>()
  /** Files that will be asked for once more. */
  readonly #later = new Set<string>()
  readonly #waiting = new Map<string, () => Promise<unknown>>()
  #isFetching = false

  constructor(ports: CopyPorts) {
    this.#ports = ports
  }

  /** Fetches, one at a time, what the customer of this chat sent. To be called when files came, or the line did. */
  collect(session: FileSource): void {
    const { chatId, link } = session.summary()
    if (link.phase === 'ended') return
    for (const { attachmentId } of receivedFiles(session)) {
      const name = nameOf(chatId, attachmentId)
      if (this.#ports.shelf.has(name) || this.#underWay.has(name) || this.#later.has(name)) continue
      this.#wait(name, { session, attachmentId, tries: 0 })
    }
    void this.#fetchNext()
  }

  /** The file from its copy, else from the service. Throws `DeskError`. */
  async *open(session: FileSource, attachmentId: string): AsyncGenerator<Uint8Array> {
    const { shelf } = this.#ports
    const name = nameOf(session.summary().chatId, attachmentId)
    if (!(await this.#keep(name, session, attachmentId))) {
      yield* this.#fetch(session, attachmentId)
      return
    }
    try {
      yield* shelf.read(name)
    } catch {
      await shelf.drop(name)
      throw new DeskError('file-unreadable', 'The copy of this file on this computer is damaged. Try again.')
    }
  }

  /** Files of the chat that are here, or coming already. */
  of(session: FileSource): readonly string[] {
    const { chatId } = session.summary()
    return filesOf(session).flatMap(({ attachmentId }) => {
      const name = nameOf(chatId, attachmentId)
      return this.#underWay.has(name) || this.#ports.shelf.has(name) ? attachmentId : []
    })
  }

  /** Copies of any other chat go. */
  async keepOnly(chatIds: readonly ChatId[]): Promise<void> {
    const isOther = (name: string): boolean => !chatIds.some((chatId) => name.startsWith(nameOf(chatId, '')))
    for (const name of this.#waiting.keys()) if (isOther(name)) this.#waiting.delete(name)
    for (const name of this.#underWay.keys()) if (isOther(name)) this.#unwanted.add(name)
    await this.#ports.shelf.dropAll(isOther)
  }

  #wait(name: string, wish: Wish): void {
    this.#waiting.set(name, () =>
      this.#keep(name, wish.session, wish.attachmentId).catch((error: unknown) => {
        this.#again(name, { ...wish, tries: willPass(failureOf(error)) ? wish.tries : wish.tries + 1 })
      }),
    )
  }

  /** Trouble of the line passes; a file that cannot be had is not asked for for ever. */
  #again(name: string, wish: Wish): void {
    if (wish.tries >= mostTries) return
    this.#later.add(name)
    this.#ports.clock.after(tryAgainAfter * Math.max(1, wish.tries), () => {
      this.#later.delete(name)
      if (wish.session.summary().link.phase === 'ended') return
      this.#wait(name, wish)
      void this.#fetchNext()
    })
  }

  async #fetchNext(): Promise<void> {
    if (this.#isFetching) return
    this.#isFetching = true
    for (let next = this.#takeNext(); next !== null; next = this.#takeNext()) await next()
    this.#isFetching = false
  }

  #takeNext(): (() => Promise<unknown>) | null {
    const [first] = this.#waiting
    if (first === undefined) return null
    this.#waiting.delete(first[0])
    return first[1]
  }

  /** True once there is a copy. False when the shelf does not take it; rejects when the file cannot be fetched. */
  #keep(name: string, session: FileSource, attachmentId: string): Promise<boolean> {
    const { shelf } = this.#ports
    if (shelf.has(name)) return Promise.resolve(true)
    const known = this.#underWay.get(name)
    if (known !== undefined) return known
    const work = putCopy(shelf, name, this.#fetch(session, attachmentId)).finally(async () => {
      this.#underWay.delete(name)
      if (this.#unwanted.delete(name)) await shelf.drop(name)
    })
    this.#underWay.set(name, work)
    return work
  }

  /** A fresh address every time: they run out within minutes. */
  async *#fetch(session: FileSource, attachmentId: string): AsyncGenerator<Uint8Array> {
    const { url } = await session.attachment(attachmentId)
    const { instanceId } = session.summary()
    yield* this.#ports.download({ instanceId, url: url.reveal(), maxBytes: maxFileBytes })
  }
}

export function filesOf(session: Pick<FileSource, 'entries'>): readonly AttachmentFile[] {
  return session.entries().flatMap((entry) => (entry.kind === 'attachment' ? entry.files : []))
}

/** What others sent and the scan let pass. */
export function receivedFiles(session: FileSource): readonly AttachmentFile[] {
  return session
    .entries()
    .flatMap((entry) => (entry.kind === 'attachment' && !entry.sender.own ? entry.files : []))
    .filter(({ status }) => status === 'approved')
}

function nameOf(chatId: ChatId, attachmentId: string): string {
  return `${chatId} ${attachmentId}`
}

async function putCopy(shelf: CopyShelf, name: string, pieces: AsyncIterable<Uint8Array>): Promise<boolean> {
  try {
    await shelf.put(name, pieces)
    return shelf.has(name)
  } catch (error) {
    if (error instanceof DeskError) throw error
    return false
  }
}
