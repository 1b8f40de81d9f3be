import type { ChatId, Custody } from '#shared/model.ts'
import type { Clock } from '../chat/clock.ts'
import { toStoreFailure } from '../store/store-failure.ts'
import { openBook } from './open-book.ts'
import type { VaultPorts } from './open-book.ts'
import type { SealedBook } from './sealed-book.ts'
import { Secret } from './secret.ts'

export type TokenKind = 'participant' | 'connection'

/** Not the id of a chat: those are UUIDs. */
const databaseId = 'database'
const databaseKeyBytes = 32
const forgetAgainIn = 5_000

/**
 * Tokens and the key of the database, sealed by the keychain of the operating system. Without one it works the same
 * until the app ends and writes nothing: plaintext never reaches the disk.
 */
export class TokenVault {
  readonly custody: Custody
  /** Entries that were damaged and are gone; a copy of their file stays. */
  readonly rejected: number
  readonly #book: SealedBook | null
  readonly #random: VaultPorts['random']
  readonly #clock: Clock
  readonly #memory = new Map<string, Map<TokenKind, Secret>>()
  #databaseKey: Secret | null = null

  private constructor(
    custody: Custody,
    parts: { book: SealedBook | null; rejected: number; ports: VaultPorts },
  ) {
    this.custody = custody
    this.rejected = parts.rejected
    this.#book = parts.book
    this.#random = parts.ports.random
    this.#clock = parts.ports.clock
  }

  static async open(ports: VaultPorts): Promise<TokenVault> {
    const opened = await openBook(ports)
    if (opened.book === null)
      return new TokenVault(
        { mode: 'memory-only', reason: opened.reason },
        { book: null, rejected: 0, ports },
      )
    const { book, backend, rejected } = opened
    return new TokenVault({ mode: 'sealed', backend }, { book, rejected, ports })
  }

  /** Resolves when it is on disk. Rejects with `DeskError` when the disk refuses; it is known until the app ends. */
  async keep(chatId: ChatId, kind: TokenKind, secret: Secret): Promise<void> {
    const ofChat = this.#memory.get(chatId) ?? new Map<TokenKind, Secret>()
    this.#memory.set(chatId, ofChat.set(kind, secret))
    await this.#onDisk((book) => {
      book.keep(chatId, kind, secret)
    })
  }

  recall(chatId: ChatId, kind: TokenKind): Promise<Secret | null> {
    const known = this.#memory.get(chatId)?.get(kind)
    return Promise.resolve(known ?? this.#book?.recall(chatId, kind) ?? null)
  }

  /** At once here and on disk. A disk that refuses is asked again until it gives in; never rejects. */
  async forget(chatId: ChatId): Promise<void> {
    this.#memory.delete(chatId)
    try {
      await this.#onDisk((book) => {
        book.forget(chatId)
      })
    } catch {
      this.#clock.after(forgetAgainIn, () => void this.forget(chatId))
    }
  }

  /** The same at every start while the vault lasts; on disk before anything is encrypted with it. */
  async databaseKey(): Promise<Secret> {
    this.#databaseKey ??= this.#book?.recall(databaseId, 'database') ?? null
    if (this.#databaseKey !== null) return this.#databaseKey
    const key = new Secret(Buffer.from(this.#random(databaseKeyBytes)).toString('hex'))
    await this.#onDisk((book) => {
      book.keep(databaseId, 'database', key)
    })
    this.#databaseKey = key
    return key
  }

  #onDisk(change: (book: SealedBook) => void): Promise<void> {
    if (this.#book === null) return Promise.resolve()
    try {
      change(this.#book)
      return Promise.resolve()
    } catch (error) {
      return Promise.reject(toStoreFailure(error))
    }
  }
}
