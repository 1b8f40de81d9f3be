import type { Entry } from '#shared/entry.ts'
import { isPending } from '#shared/entry.ts'
import type { Failure } from '#shared/failure.ts'
import type { ChatId } from '#shared/model.ts'
import type { ConversationStore, EntryChange, StoredChat } from '../store/conversation-store.ts'
import type { Clock, Stop } from './clock.ts'
import { pause } from '../pause.ts'
import { failureOf } from './trouble.ts'

export interface KeeperPorts {
  readonly clock: Clock
  readonly store: Pick<ConversationStore, 'saveChat' | 'saveEntries' | 'settle'>
  /** The disk stopped or began again to take what it is given. */
  readonly trouble: (failure: Failure | null) => void
}

const tryAgainIn = 2000

/**
 * Writes one chat to the store, in an order that is safe to cut anywhere: a message leaves the outbox together with
 * its entry, and the place to read on from is written after the entries it vouches for.
 */
export class ChatKeeper {
  readonly #ports: KeeperPorts
  readonly #chatId: ChatId
  readonly #upserted = new Map<string, Entry>()
  readonly #removed = new Set<string>()
  readonly #settled = new Set<string>()
  #chat: StoredChat | null = null
  #running: Promise<void> | null = null
  #stopRetry: Stop | null = null
  #isClosed = false
  #isTroubled = false

  constructor(ports: KeeperPorts, chatId: ChatId) {
    this.#ports = ports
    this.#chatId = chatId
  }

  /** `settled` are outbox messages whose fate is known. Pending entries live in the outbox alone. */
  save(change: EntryChange & { readonly settled: readonly string[]; readonly chat: StoredChat }): void {
    for (const id of change.removed) {
      this.#upserted.delete(id)
      this.#removed.add(id)
    }
    for (const entry of change.upserted) {
      if (isPending(entry)) continue
      this.#removed.delete(entry.id)
      this.#upserted.set(entry.id, entry)
    }
    for (const id of change.settled) this.#settled.add(id)
    if (this.#isClosed) return
    this.#chat = change.chat
    this.#running ??= this.#run()
  }

  /** Resolves when everything so far is written, or cannot be for now. */
  async flush(): Promise<void> {
    await this.#running
  }

  /** Resolves when everything is written, however long the disk takes: false when it was closed before. */
  async kept(): Promise<boolean> {
    while (!this.#isClosed) {
      await this.flush()
      if (this.#isWritten) return true
      await pause(this.#ports.clock, tryAgainIn)
    }
    return false
  }

  get #isWritten(): boolean {
    return this.#chat === null
  }

  /** As `flush`, and nothing is written from then on: the chat may be gone from the store. */
  async close(): Promise<void> {
    await this.flush()
    this.#isClosed = true
    this.#stopRetry?.()
  }

  async #run(): Promise<void> {
    try {
      while (this.#chat !== null) await this.#writeAll()
      this.#tell(null)
    } catch (error) {
      this.#tell(failureOf(error))
      this.#stopRetry = this.#ports.clock.after(tryAgainIn, () => {
        this.#running ??= this.#run()
      })
    } finally {
      this.#running = null
    }
  }

  async #writeAll(): Promise<void> {
    const chat = this.#chat
    if (chat === null) return
    for (const id of this.#settled) {
      const entry = this.#upserted.get(id)
      const removed = [...this.#removed]
      await this.#ports.store.settle(this.#chatId, id, {
        upserted: entry === undefined ? [] : [entry],
        removed,
      })
      this.#settled.delete(id)
      this.#forget(entry === undefined ? [] : [entry], removed)
    }
    const upserted = [...this.#upserted.values()]
    const removed = [...this.#removed]
    if (upserted.length + removed.length > 0) {
      await this.#ports.store.saveEntries(this.#chatId, { upserted, removed })
      this.#forget(upserted, removed)
    }
    await this.#ports.store.saveChat(chat)
    if (this.#chat === chat) this.#chat = null
  }

  /** What was written, unless it has changed again meanwhile. */
  #forget(upserted: readonly Entry[], removed: readonly string[]): void {
    for (const entry of upserted) {
      if (this.#upserted.get(entry.id) === entry) this.#upserted.delete(entry.id)
    }
    for (const id of removed) this.#removed.delete(id)
  }

  #tell(failure: Failure | null): void {
    if (failure === null && !this.#isTroubled) return
    this.#isTroubled = failure !== null
    this.#ports.trouble(failure)
  }
}
