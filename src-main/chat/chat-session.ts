import type { Entry } from '#shared/entry.ts'
import { DeskError } from '#shared/failure.ts'
import type { Chat } from '#shared/model.ts'
import type { AttachmentLocation } from '../participant/participant-api.ts'
import { ChatEngine } from './chat-engine.ts'
import type { UploadQueue } from './upload-queue.ts'
import type { ChatPorts, ChatStart } from './chat-ports.ts'
import { isFromCustomer } from './chat-summary.ts'
import type { GuideLines } from './guides.ts'
import type { OutgoingText } from './outgoing.ts'
import { pause } from '../pause.ts'
import { failureOf } from './trouble.ts'

export type { ChatOwner, ChatPorts, ChatStart, SessionChange } from './chat-ports.ts'

const findLimit = 500
const keepAgainIn = 2000
const tooLateForFile = 'The chat is over. The service no longer hands out this file.'
const tooLateForGuide = 'The chat is over. The service no longer shows this guide.'

/** One live conversation, and the only writer of it. Create with `ChatSession.load` or `ChatSession.begin`. */
export class ChatSession {
  readonly #ports: ChatPorts
  readonly #engine: ChatEngine
  #isClosed = false

  /** Reads what the store has of the chat. Nothing connects before `open`. */
  static async load(ports: ChatPorts, start: ChatStart): Promise<ChatSession> {
    const { chatId } = start.chat
    const entries = await ports.store.loadEntries(chatId)
    const outbox = await ports.store.loadOutbox(chatId)
    const uploads = await ports.store.loadUploads(chatId)
    return new ChatSession(ports, new ChatEngine(ports, start, { entries, outbox, uploads }))
  }

  /** A chat that the store has nothing of, and that has not to wait for the store. */
  static begin(ports: ChatPorts, start: ChatStart): ChatSession {
    return new ChatSession(ports, new ChatEngine(ports, start, { entries: [], outbox: [], uploads: [] }))
  }

  private constructor(ports: ChatPorts, engine: ChatEngine) {
    this.#ports = ports
    this.#engine = engine
  }

  /** Connects, and stays connected until the chat ends or the session is closed. */
  open(): void {
    this.#engine.open()
  }

  summary(): Chat {
    return this.#engine.record.summary()
  }

  /** The whole conversation in order, as it is now. */
  entries(): readonly Entry[] {
    return this.#engine.record.transcript.snapshot()
  }

  firstUnread(): Entry | null {
    return this.#engine.record.firstUnread()
  }

  find(text: string): Promise<readonly string[]> {
    return this.#ports.store.find(this.#engine.record.stored.chatId, text, findLimit)
  }

  /** Resolves once the message is safe on the disk. Rejects, with nothing queued, when it cannot be. */
  async send(message: OutgoingText): Promise<{ entryId: string }> {
    const { record, outgoing } = this.#engine
    try {
      this.#requireLive()
      const sent = await outgoing.send(message)
      if (message.draft !== undefined) record.update({ draft: message.draft })
      return sent
    } catch (error) {
      // The page may be gone by now: the text was not taken, so it stays.
      this.#putBack(message)
      throw error
    }
  }

  /** Sends a failed message again, after everything typed since. */
  async retry(entryId: string): Promise<void> {
    this.#requireLive()
    await this.#engine.outgoing.retry(entryId)
  }

  /** Takes back what has surely not left. */
  async discard(entryId: string): Promise<void> {
    await this.#engine.outgoing.discard(entryId)
  }

  /** Files on their way out: staged first, sent on request. */
  get uploads(): Pick<UploadQueue, 'list' | 'stage' | 'send' | 'sendAnyway' | 'retry' | 'cancel'> {
    return this.#engine.uploads
  }

  typing(): void {
    if (this.#engine.canCall) this.#engine.typing.agentTypes()
  }

  /** Everything up to this entry was on screen in a focused window. */
  seen(entryId: string): void {
    const last = this.#engine.record.transcript.get(entryId)
    if (last === undefined) return
    this.#engine.record.seenUpTo(last)
    const { transcript } = this.#engine.record
    for (let index = transcript.indexOf(last); index >= 0; index -= 1) {
      const entry = transcript.entries[index]
      if (entry === undefined || !isFromCustomer(entry) || entry.serviceId === null) continue
      return this.#engine.receipts.read({ messageId: entry.serviceId, at: entry.at })
    }
  }

  async saveDraft(text: string): Promise<void> {
    const { chatId } = this.#engine.record.stored
    this.#engine.record.update({ draft: text })
    await this.#ports.store.saveDraft(chatId, text)
  }

  tryNow(): void {
    this.#engine.driver.dispatch({ kind: 'try-now' })
  }

  resumed(): void {
    this.#engine.driver.dispatch({ kind: 'resumed' })
  }

  networkChanged(isOnline: boolean): void {
    this.#engine.driver.dispatch({ kind: 'network', isOnline })
  }

  /** Leaves the chat, after what is still waiting has gone out; `insist` leaves it behind. */
  async end({ insist = false }: { insist?: boolean } = {}): Promise<void> {
    this.#requireLive()
    if (!insist) await Promise.all([this.#engine.outgoing.drained(), this.#engine.uploads.drained()])
    await this.#engine.departure.leave()
  }

  /** Where a file can be fetched from for a short while. */
  async attachment(attachmentId: string): Promise<AttachmentLocation> {
    if (this.#engine.isEnded) throw new DeskError('chat-ended', tooLateForFile)
    return this.#engine.line.calls.getAttachment(attachmentId)
  }

  /** The guide that a message of this chat shows, as lines to read. */
  async describeView(entryId: string): Promise<GuideLines> {
    try {
      return await this.#engine.guides.describe(this.#engine.record.transcript.get(entryId))
    } catch (error) {
      throw this.#engine.isEnded ? new DeskError('chat-ended', tooLateForGuide) : error
    }
  }

  /** Whether the chat is on screen. */
  setActive(isActive: boolean): void {
    this.#engine.setActive(isActive)
  }

  /**
   * Writes the whole conversation once more, with what is typed and what waits to leave: the store has lost what it had
   * of it. Resolves when the disk has taken what waits, or the chat was closed.
   */
  async keepAgain(): Promise<void> {
    this.#engine.record.keepAgain()
    while (!this.#isClosed) {
      const trouble = await this.#keepWaiting().then(() => null, failureOf)
      if (trouble === null) return
      this.#ports.note('waiting-not-kept', { code: trouble.code })
      await pause(this.#ports.clock, keepAgainIn)
    }
  }

  /** Stops everything and writes what is left to write. The conversation stays in the store. */
  close(): Promise<void> {
    this.#isClosed = true
    return this.#engine.close()
  }

  async #keepWaiting(): Promise<void> {
    const { record, outgoing, uploads } = this.#engine
    const { chatId, draft } = record.stored
    const kept = this.#ports.store.saveDraft(chatId, draft)
    await Promise.all([outgoing.outbox.keepAgain(), uploads.keepAgain(), kept])
  }

  #putBack({ text, draft }: OutgoingText): void {
    if (draft === undefined) return
    const left = draft === '' ? text : `${text}\n${draft}`
    this.#engine.record.update({ draft: left })
  }

  #requireLive(): void {
    if (this.#engine.isEnded) throw new DeskError('chat-ended', 'The chat is over.')
  }
}
