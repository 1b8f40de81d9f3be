import { closeBox, openBox } from './vault-box.ts'
import type { Label, SecretKind } from './vault-box.ts'
import { formatVault } from './vault-content.ts'
import type { ClosedEntry, VaultHead } from './vault-content.ts'
import { Secret } from './secret.ts'

/** Where the vault lies on disk. Errors are those of the file system. */
export interface VaultFile {
  /** Undefined when there is none. Throws a `SyntaxError` when it is not JSON. */
  read(): unknown
  /** Replaces it whole, on disk when it returns. */
  write(value: Readonly<Record<string, unknown>>): void
  /** Renames it to `.broken-<time>`. */
  setAside(): void
  /** Leaves a copy under such a name. */
  keepCopy(): void
}

export interface SealedBookParts {
  readonly file: VaultFile
  readonly key: Uint8Array
  readonly head: VaultHead
  readonly entries: readonly ClosedEntry[]
  readonly random: (bytes: number) => Uint8Array
}

/** The secrets under one open data key, and their file. */
export class SealedBook {
  readonly #parts: SealedBookParts
  readonly #entries = new Map<string, ClosedEntry>()
  #isSaved = true
  /** Entries in the file that did not open under their label. */
  readonly rejected: number

  constructor(parts: SealedBookParts) {
    this.#parts = parts
    for (const entry of parts.entries)
      if (openBox(parts.key, entry.label, entry.box) !== null) this.#entries.set(nameOf(entry.label), entry)
    this.rejected = parts.entries.length - this.#entries.size
  }

  get chatIds(): ReadonlySet<string> {
    return new Set([...this.#entries.values()].map(({ label }) => label.chatId))
  }

  recall(chatId: string, kind: SecretKind): Secret | null {
    const entry = this.#entries.get(nameOf({ chatId, kind }))
    if (entry === undefined) return null
    const secret = openBox(this.#parts.key, entry.label, entry.box)
    return secret === null ? null : new Secret(secret)
  }

  /** Written with the next saving. */
  put(chatId: string, kind: SecretKind, secret: Secret): void {
    const { key, random } = this.#parts
    const generation = (this.#entries.get(nameOf({ chatId, kind }))?.label.generation ?? 0) + 1
    const label: Label = { chatId, kind, generation }
    const box = closeBox(key, label, { secret: secret.reveal(), random })
    this.#entries.set(nameOf(label), { label, box })
    this.#isSaved = false
  }

  /** Gone from the file with the next saving. */
  drop(chatId: string): void {
    for (const [name, { label }] of this.#entries)
      if (label.chatId === chatId) {
        this.#entries.delete(name)
        this.#isSaved = false
      }
  }

  saveChanges(): void {
    if (!this.#isSaved) this.save()
  }

  save(): void {
    const { file, head } = this.#parts
    this.#isSaved = false
    file.write(formatVault(head, this.#entries.values()))
    this.#isSaved = true
  }
}

function nameOf({ chatId, kind }: Pick<Label, 'chatId' | 'kind'>): string {
  return JSON.stringify([chatId, kind])
}
