import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { Database } from './database.ts'
import type { StoreCall } from './store-calls.ts'

/** How much of what a person made or would miss is kept: numbers alone, without a name or a word. */
export const Counts = z.object({
  conversations: z.int().nonnegative(),
  drafts: z.int().nonnegative(),
  /** Messages on their way out. */
  messages: z.int().nonnegative(),
  /** Files on their way out. */
  files: z.int().nonnegative(),
})
export type Counts = z.infer<typeof Counts>

/** `promises` says how old the database was that was counted; notes of earlier versions do not. */
const Note = z.object({ ...Counts.shape, promises: z.int().nonnegative().optional() })
export type Note = z.infer<typeof Note>

/**
 * Counts what the database holds and notes it beside the file, so that whoever finds the database gone, cut or
 * unreadable can say what was lost. Chats of instances that live no longer than a run do not count.
 */
export class Inventory {
  readonly #database: Pick<Database, 'promises'>
  readonly #file: string | null
  readonly #passing: ReadonlySet<string>
  readonly #chats = new Set<string>()
  readonly #passed = new Set<string>()
  readonly #drafts = new Set<string>()
  readonly #messages = new Map<string, string>()
  readonly #files = new Map<string, string>()
  #noted = ''

  /** `file` is null when nothing may be written. */
  constructor(database: Database, file: string | null, passing: readonly string[]) {
    this.#database = database
    this.#file = file
    this.#passing = new Set(passing)
    const { chats, drafts, outbox, uploads } = database.everything()
    for (const { chatId, instanceId } of chats) this.#chat(chatId, instanceId)
    for (const { chatId } of drafts) this.#drafts.add(chatId)
    for (const { entryId, chatId } of outbox) this.#messages.set(entryId, chatId)
    for (const { uploadId, chatId } of uploads) this.#files.set(uploadId, chatId)
  }

  get counts(): Counts {
    const counted = (chatIds: Iterable<string>): number =>
      [...chatIds].filter((chatId) => !this.#passed.has(chatId)).length
    return {
      conversations: this.#chats.size,
      drafts: counted(this.#drafts),
      messages: counted(this.#messages.values()),
      files: counted(this.#files.values()),
    }
  }

  get promises(): number {
    return this.#database.promises
  }

  /** These were carried out. */
  took(calls: readonly StoreCall[]): void {
    for (const call of calls) this.#take(call)
    this.note()
  }

  note(): void {
    const text = JSON.stringify(this.counts)
    if (this.#file === null || text === this.#noted) return
    this.#noted = text
    const note: Note = { ...this.counts, promises: this.promises }
    const part = `${this.#file}.part`
    try {
      writeFileSync(part, JSON.stringify(note), { mode: 0o600 })
      renameSync(part, this.#file)
    } catch {
      // Without the numbers a loss is told without numbers.
    }
  }

  #take(call: StoreCall): void {
    switch (call.method) {
      case 'saveChat':
        return this.#chat(call.args[0].chatId, call.args[0].instanceId)
      case 'removeChat':
        return this.#remove(call.args[0])
      case 'saveDraft':
        return this.#draft(...call.args)
      case 'enqueue': {
        const [{ entryId, chatId }, draft] = call.args
        this.#messages.set(entryId, chatId)
        if (draft !== undefined) this.#draft(chatId, draft)
        return
      }
      case 'settle':
        this.#messages.delete(call.args[1])
        return
      case 'saveUpload':
        this.#files.set(call.args[0].uploadId, call.args[0].chatId)
        return
      case 'removeUpload':
        this.#files.delete(call.args[0])
        return
      default:
        return
    }
  }

  #draft(chatId: string, text: string): void {
    if (text === '') this.#drafts.delete(chatId)
    else this.#drafts.add(chatId)
  }

  #chat(chatId: string, instanceId: string): void {
    if (this.#passing.has(instanceId)) this.#passed.add(chatId)
    else this.#chats.add(chatId)
  }

  #remove(chatId: string): void {
    this.#chats.delete(chatId)
    this.#drafts.delete(chatId)
    for (const of of [this.#messages, this.#files])
      for (const [id, inChat] of of) if (inChat === chatId) of.delete(id)
  }
}

/** What was noted last about the database at `path`; null when nothing was, or it cannot be read. */
export function notedCounts(path: string): Note | null {
  try {
    return Note.parse(JSON.parse(readFileSync(countsFile(path), 'utf8')))
  } catch {
    return null
  }
}

export function countsFile(path: string): string {
  return `${path}.counts`
}

/**
 * What was noted and is not there; null when nothing is missing. In a database no older than the note it was taken
 * away by whoever had put it there: a kill, or a power cut, came before that was noted.
 */
export function missingFrom(inventory: Inventory, noted: Note | null): Counts | null {
  if (noted === null || (noted.promises ?? Infinity) <= inventory.promises) return null
  const found = inventory.counts
  const less = (name: keyof Counts): number => Math.max(0, noted[name] - found[name])
  const missing = {
    conversations: less('conversations'),
    drafts: less('drafts'),
    messages: less('messages'),
    files: less('files'),
  }
  return Object.values(missing).some((count) => count > 0) ? missing : null
}
