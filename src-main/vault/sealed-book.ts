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
  /** Renames it to `.broken-<time>`, where there is one. */
  setAside(): void
  /** Leaves a copy under such a name. */
  keepCopy(): void
}

export interface SealedBookParts {
  readonly file: VaultFile
  /** A second one with the same content: whatever happens to the first, it is not the only one. */
  readonly copy: VaultFile
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
  #isHeld = false
  /** Entries in the file that did not open under their label. */
  readonly rejected: number

  constructor(parts: SealedBookParts) {
    this.#parts = parts
    this.rejected = parts.entries.length - this.#take(parts.entries)
  }

  /** Takes over what is missing here; the number says how many entries that were. */
  mendWith(entries: readonly ClosedEntry[]): number {
    const missing = entries.filter(({ label }) => !this.#entries.has(nameOf(label)))
    const mended = this.#take(missing)
    if (mended > 0) this.#isSaved = false
    return mended
  }

  /** Writes nothing until it is released, whatever changes. */
  hold(): void {
    this.#isHeld = true
  }

  release(): void {
    this.#isHeld = false
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

  /** Gone from the file with the next saving: all of a chat, or one kind of it. */
  drop(chatId: string, kind?: SecretKind): void {
    for (const [name, { label }] of this.#entries)
      if (label.chatId === chatId && (kind === undefined || label.kind === kind)) {
        this.#entries.delete(name)
        this.#isSaved = false
      }
  }

  /** The file is not what it should be. */
  mustSave(): void {
    this.#isSaved = false
  }

  saveChanges(): void {
    if (!this.#isSaved && !this.#isHeld) this.save()
  }

  /** One after the other: at every moment one of them is whole. */
  save(): void {
    const { file, copy, head } = this.#parts
    const content = formatVault(head, this.#entries.values())
    this.#isSaved = false
    file.write(content)
    copy.write(content)
    this.#isSaved = true
  }

  #take(entries: readonly ClosedEntry[]): number {
    const { key } = this.#parts
    const sound = entries.filter(({ label, box }) => openBox(key, label, box) !== null)
    for (const entry of sound) this.#entries.set(nameOf(entry.label), entry)
    return sound.length
  }
}

function nameOf({ chatId, kind }: Pick<Label, 'chatId' | 'kind'>): string {
  return JSON.stringify([chatId, kind])
}
