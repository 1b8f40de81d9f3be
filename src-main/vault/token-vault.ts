import { DeskError } from '#shared/failure.ts'
import { ChatId, type Custody } from '#shared/model.ts'
import type { Clock, Stop } from '../chat/clock.ts'
import { storeFailure, toStoreFailure } from '../store/store-failure.ts'
import { openBook } from './open-book.ts'
import type { Mended, MemoryOnlyReason, VaultPorts } from './open-book.ts'
import type { SealedBook } from './sealed-book.ts'
import { Secret } from './secret.ts'

export type TokenKind = 'participant' | 'connection'
type KeptKind = TokenKind | 'contact'

/** Not the id of a chat: those are UUIDs. */
const databaseId = 'database'
/** Under the id of the database, where every version leaves it alone. */
const signOutKind = 'contact'
const databaseKeyBytes = 32
const writeAgainIn = 5_000
const soon = 1_000

interface VaultParts {
  readonly book: SealedBook | null
  readonly rejected: number
  readonly mended: Mended
  readonly databaseKey: Secret
  readonly ports: Pick<VaultPorts, 'clock' | 'trouble'>
}

/**
 * Tokens and the key of the database, sealed by the keychain of the operating system. Without one it works the same
 * until the app ends and writes nothing: plaintext never reaches the disk.
 */
export class TokenVault {
  readonly custody: Custody
  /** Entries that were damaged and are gone; a copy of their file stays. */
  readonly rejected: number
  /** What the second copy had to stand in for. */
  readonly mended: Mended
  readonly #book: SealedBook | null
  readonly #databaseKey: Secret
  readonly #clock: Clock
  readonly #trouble: VaultPorts['trouble']
  readonly #memory = new Map<ChatId, Map<KeptKind, Secret>>()
  #stopWriting: Stop | null = null
  #isTroubled = false

  private constructor(custody: Custody, parts: VaultParts) {
    this.custody = custody
    this.rejected = parts.rejected
    this.mended = parts.mended
    this.#book = parts.book
    this.#databaseKey = parts.databaseKey
    this.#clock = parts.ports.clock
    this.#trouble = parts.ports.trouble
  }

  static async open(ports: VaultPorts): Promise<TokenVault> {
    const opened = await openBook(ports)
    if (opened.book === null) return TokenVault.inMemory(ports, opened.reason)
    const { book, backend, rejected, mended } = opened
    const databaseKey = book.recall(databaseId, 'database') ?? newDatabaseKey(ports)
    try {
      // On disk before anything is encrypted with it.
      if (book.recall(databaseId, 'database') === null) {
        book.put(databaseId, 'database', databaseKey)
        book.save()
      }
    } catch {
      return TokenVault.inMemory(ports, 'unwritable')
    }
    return new TokenVault({ mode: 'sealed', backend }, { book, rejected, mended, databaseKey, ports })
  }

  /** Nothing is read and nothing is written. */
  static inMemory(
    ports: Pick<VaultPorts, 'random' | 'clock' | 'trouble'>,
    reason: MemoryOnlyReason,
  ): TokenVault {
    const databaseKey = newDatabaseKey(ports)
    const parts = { book: null, rejected: 0, mended: null, databaseKey, ports }
    return new TokenVault({ mode: 'memory-only', reason }, parts)
  }

  /**
   * Resolves when it is on disk. Rejects with `DeskError` when the disk refuses, which is asked again until it gives
   * in; until then it is known here.
   */
  keep(chatId: ChatId, kind: TokenKind, secret: Secret): Promise<void> {
    this.#put(chatId, kind, secret)
    const refusal = this.#save()
    return refusal === null ? Promise.resolve() : Promise.reject(refusal)
  }

  /** As `keep`, for a token that can be had again: many chats connecting at once cost one writing. Never rejects. */
  keepSoon(chatId: ChatId, kind: TokenKind, secret: Secret): void {
    this.#put(chatId, kind, secret)
    this.#saveIn(soon)
  }

  recall(chatId: ChatId, kind: TokenKind): Promise<Secret | null> {
    return Promise.resolve(this.#recall(chatId, kind))
  }

  /** What it takes to begin the chat anew should the database be lost. Written soon, or with the next token. */
  keepContact(chatId: ChatId, contact: string): void {
    this.#put(chatId, 'contact', new Secret(contact))
    this.#saveIn(soon)
  }

  recallContact(chatId: ChatId): string | null {
    return this.#recall(chatId, 'contact')?.reveal() ?? null
  }

  /** Every chat of which something is kept. */
  chats(): readonly ChatId[] {
    const ids = new Set<string>([...(this.#book?.chatIds ?? []), ...this.#memory.keys()])
    ids.delete(databaseId)
    return [...ids].map((id) => ChatId.parse(id))
  }

  /** At once here and on disk, with one writing for all. A disk that refuses is asked again; never rejects. */
  forget(...chatIds: readonly ChatId[]): Promise<void> {
    for (const chatId of chatIds) {
      this.#memory.delete(chatId)
      this.#book?.drop(chatId)
    }
    this.#save()
    return Promise.resolve()
  }

  /** Stands on disk until `endSignOut`, so that one that is interrupted is known to the next start. */
  beginSignOut(): void {
    this.#book?.put(databaseId, signOutKind, new Secret('under way'))
    this.#save()
  }

  get isSignOutUnderWay(): boolean {
    return (this.#book?.recall(databaseId, signOutKind) ?? null) !== null
  }

  endSignOut(): void {
    this.#book?.drop(databaseId, signOutKind)
    this.#save()
  }

  /** What was found is this version's to write, from now on. */
  release(): void {
    this.#book?.release()
    this.#save()
  }

  /** Tries to write what could not be written before. */
  close(): void {
    this.#save()
    this.#stopWriting?.()
  }

  /** The same at every start while the vault lasts; another at each start in memory-only mode. */
  databaseKey(): Promise<Secret> {
    return Promise.resolve(this.#databaseKey)
  }

  #put(chatId: ChatId, kind: KeptKind, secret: Secret): void {
    const ofChat = this.#memory.get(chatId) ?? new Map<KeptKind, Secret>()
    this.#memory.set(chatId, ofChat.set(kind, secret))
    this.#book?.put(chatId, kind, secret)
  }

  #recall(chatId: ChatId, kind: KeptKind): Secret | null {
    return this.#memory.get(chatId)?.get(kind) ?? this.#book?.recall(chatId, kind) ?? null
  }

  #saveIn(delay: number): void {
    this.#stopWriting ??= this.#clock.after(delay, () => {
      this.#stopWriting = null
      this.#save()
    })
  }

  /** Gives what the disk refused with; it is asked again later then. */
  #save(): Error | null {
    try {
      this.#book?.saveChanges()
    } catch (error) {
      const refusal = toStoreFailure(error)
      this.#isTroubled = true
      this.#trouble(refusal instanceof DeskError ? refusal.failure : storeFailure('not-saved').failure)
      this.#saveIn(writeAgainIn)
      return refusal
    }
    if (this.#isTroubled) this.#trouble(null)
    this.#isTroubled = false
    return null
  }
}

function newDatabaseKey({ random }: Pick<VaultPorts, 'random'>): Secret {
  return new Secret(Buffer.from(random(databaseKeyBytes)).toString('hex'))
}
