import { DeskError } from '#shared/failure.ts'
import { errorCode } from './error-code.ts'
import { JsonObject, type Kept, mergedKept, parseKept } from './kept-settings.ts'
import type { StoreFile } from './store-file.ts'
import { EncodingError } from './text-file.ts'

export { defaults, type Kept, type KnownInstance } from './kept-settings.ts'

type SettingsSource = Pick<StoreFile, 'read' | 'write' | 'setAside'>

/** Settings, window and known instances; nothing secret and nothing a customer wrote. */
export class SettingsFile {
  /** The file is no settings file at all; defaults are in use. */
  readonly wasBroken: boolean
  /** Why it could not even be read as text, for a person; null when that was not the trouble. */
  readonly encoding: string | null
  /** Values that this version cannot use, as paths. The usual ones are in use, the file keeps its own. */
  readonly unusable: readonly string[]
  readonly #file: SettingsSource
  /** An unreadable file is where it was and must not be written over. */
  #isInTheWay: boolean
  /** As it stands in the file, with what other versions put there. */
  #found: JsonObject
  #kept: Kept

  constructor(file: SettingsSource) {
    this.#file = file
    const found = readFound(file)
    this.wasBroken = !('found' in found)
    this.encoding = 'encoding' in found ? found.encoding : null
    this.#isInTheWay = this.wasBroken
    this.#clearTheWay()
    this.#found = 'found' in found ? found.found : {}
    const { kept, unusable } = parseKept(this.#found)
    this.#kept = kept
    this.unusable = unusable
  }

  /** The unreadable file keeps its bytes under another name. */
  get isSetAside(): boolean {
    return this.wasBroken && !this.#isInTheWay
  }

  get kept(): Kept {
    return this.#kept
  }

  /** True when the change is on disk; it holds until the app ends in any case. */
  change(change: Partial<Kept>): boolean {
    const content = this.#contentWith(change)
    this.#kept = { ...this.#kept, ...change }
    this.#found = content
    if (!this.#clearTheWay()) return false
    try {
      this.#file.write(content)
      return true
    } catch {
      // The disk is full or read-only: the caller tells the agent, the setting works meanwhile.
      return false
    }
  }

  /** All or nothing. Throws 'disk-full', 'read-only' or 'not-saved', and what was set before stays in force. */
  save(change: Partial<Kept>): void {
    const content = this.#contentWith(change)
    if (!this.#clearTheWay()) throw diskTrouble(null)
    try {
      this.#file.write(content)
    } catch (error) {
      throw diskTrouble(error)
    }
    this.#kept = { ...this.#kept, ...change }
    this.#found = content
  }

  /** What is changed, over what stands in the file: a name or value of another version stays as it is. */
  #contentWith(change: Partial<Kept>): JsonObject {
    return mergedKept(this.#found, this.#kept, { ...this.#kept, ...change })
  }

  #clearTheWay(): boolean {
    if (!this.#isInTheWay) return true
    try {
      this.#file.setAside()
      this.#isInTheWay = false
      return true
    } catch {
      // A read-only profile: it stays untouched, and is found again at the next start.
      return false
    }
  }
}

function diskTrouble(error: unknown): DeskError {
  const so = 'Nothing was changed.'
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new DeskError(
        'disk-full',
        `There is no room left on the disk. ${so} Free some space and save again.`,
      )
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new DeskError(
        'read-only',
        `Parley may not write in its own folder. ${so} Ask your administrator.`,
      )
    default:
      return new DeskError('not-saved', `The disk did not take the settings. ${so} Save again.`)
  }
}

type Found =
  { readonly found: JsonObject } | { readonly encoding: string } | { readonly isNoSettingsFile: true }

function readFound(file: SettingsSource): Found {
  try {
    const value = file.read()
    if (value === undefined) return { found: {} }
    const parsed = JsonObject.safeParse(value)
    return parsed.success ? { found: parsed.data } : { isNoSettingsFile: true }
  } catch (error) {
    // Not JSON at all.
    return error instanceof EncodingError ? { encoding: error.message } : { isNoSettingsFile: true }
  }
}
