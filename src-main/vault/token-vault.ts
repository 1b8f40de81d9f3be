import type { ChatId, Custody } from '#shared/model.ts'
import type { Clock, Stop } from '../chat/clock.ts'
import { toStoreFailure } from '../store/store-failure.ts'
import { openBook } from './open-book.ts'
import type { MemoryOnlyReason, VaultPorts } from './open-book.ts'
import type { SealedBook } from './sealed-book.ts'
import { Secret } from './secret.ts'

export type TokenKind = 'participant' | 'connection'

/** Not the id of a chat: those are UUIDs. */
const databaseId = 'database'
const databaseKeyBytes = 32
const writeAgainIn = 5_000
const soon = 1_000

interface VaultParts {
  readonly book: SealedBook | null
  readonly rejected: number
  readonly databaseKey: Secret
  readonly clock: Clock
}

/**
 * Tokens and the key of the database, sealed by the keychain of the operating system. Without one it works the same
 * until the app ends and writes nothing: plaintext never reaches the disk.
 */
export class TokenVault {
  readonly custody: Custody
  /** Entries that were damaged and are gone; a copy of their file stays. */
  readonly rejected: number
  readonly #book: SealedBook | null
  readonly #databaseKey: Secret
  readonly #clock: Clock
  readonly #memory = new Map<string, Map<TokenKind, Secret>>()
  #stopWriting: Stop | null = null

  private constructor(custody: Custody, parts: VaultParts) {
    this.custody = custody
    this.rejected = parts.rejected
    this.#book = parts.book
    this.#databaseKey = parts.databaseKey
    this.#clock = parts.clock
  }

  static async open(ports: VaultPorts): Promise<TokenVault> {
    const opened = await openBook(ports)
    if (opened.book === null) return TokenVault.#inMemory(ports, opened.reason)
    const { book, backend, rejected } = opened
    const databaseKey = book.recall(databaseId, 'database') ?? newDatabaseKey(ports)
    try {
      // On disk before anything is encrypted with it.
      if (book.recall(databaseId, 'database') === null) book.keep(databaseId, 'database', databaseKey)
    } catch {
      return TokenVault.#inMemory(ports, 'unavailable')
    }
    return new TokenVault({ mode: 'sealed', backend }, { book, rejected, databaseKey, clock: ports.clock })
  }

  static #inMemory(ports: VaultPorts, reason: MemoryOnlyReason): TokenVault {
    const databaseKey = newDatabaseKey(ports)
    return new TokenVault(
      { mode: 'memory-only', reason },
      { book: null, rejected: 0, databaseKey, clock: ports.clock },
    )
  }

  /** Resolves when it is on disk. Rejects with `DeskError` when the disk refuses; it is known until the app ends. */
  async keep(chatId: ChatId, kind: TokenKind, secret: Secret): Promise<void> {
    this.#remember(chatId, kind, secret)
    await this.#onDisk((book) => {
      book.keep(chatId, kind, secret)
    })
  }

  /** As `keep`, for a token that can be had again: many chats connecting at once cost one writing. Never rejects. */
  keepSoon(chatId: ChatId, kind: TokenKind, secret: Secret): void {
    this.#remember(chatId, kind, secret)
    this.#book?.put(chatId, kind, secret)
    this.#writeIn(soon)
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
      this.#clock.after(writeAgainIn, () => void this.forget(chatId))
    }
  }

  /** The same at every start while the vault lasts; another at each start in memory-only mode. */
  databaseKey(): Promise<Secret> {
    return Promise.resolve(this.#databaseKey)
  }

  #remember(chatId: ChatId, kind: TokenKind, secret: Secret): void {
    const ofChat = this.#memory.get(chatId) ?? new Map<TokenKind, Secret>()
    this.#memory.set(chatId, ofChat.set(kind, secret))
  }

  #writeIn(delay: number): void {
    this.#stopWriting ??= this.#clock.after(delay, () => {
      this.#stopWriting = null
      this.#onDisk((book) => book.saveChanges()).catch(() => this.#writeIn(writeAgainIn))
    })
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

function newDatabaseKey({ random }: VaultPorts): Secret {
  return new Secret(Buffer.from(random(databaseKeyBytes)).toString('hex'))
}
