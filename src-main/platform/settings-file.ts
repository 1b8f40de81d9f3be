import { DeskError } from '#shared/failure.ts'
import { Settings } from '#shared/model.ts'
import { z } from 'zod'
import { ClientSettings } from './client-settings.ts'
import type { StoreFile } from './store-file.ts'

type SettingsSource = Pick<StoreFile, 'read' | 'write' | 'setAside'>

const Bounds = z.strictObject({
  width: z.int().min(640),
  height: z.int().min(400),
  x: z.int().optional(),
  y: z.int().optional(),
  isMaximized: z.boolean(),
})

const KnownInstance = z.strictObject({
  instanceId: z.string().min(1),
  label: z.string(),
  tag: z.string(),
  region: z.string(),
  isPractice: z.literal(false),
  endpoint: z.string().nullable(),
  client: ClientSettings.default({}),
})
export type KnownInstance = z.infer<typeof KnownInstance>

const Kept = z.strictObject({
  settings: Settings,
  bounds: Bounds,
  instances: z.array(KnownInstance).readonly(),
})
export type Kept = z.infer<typeof Kept>

export const defaults: Kept = {
  settings: { theme: 'system', sendWith: 'enter', showCustomerPanel: true },
  bounds: { width: 1280, height: 800, isMaximized: false },
  instances: [],
}

/** Settings, window and known instances; nothing secret and nothing a customer wrote. */
export class SettingsFile {
  /** The file was unreadable; defaults are in use. */
  readonly wasBroken: boolean
  readonly #file: SettingsSource
  /** An unreadable file is where it was and must not be written over. */
  #isInTheWay: boolean
  #kept: Kept

  constructor(file: SettingsSource) {
    this.#file = file
    const found = readKept(file)
    this.wasBroken = found === 'broken'
    this.#isInTheWay = this.wasBroken
    this.#clearTheWay()
    this.#kept = found === 'broken' ? defaults : found
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
    this.#kept = { ...this.#kept, ...change }
    if (!this.#clearTheWay()) return false
    try {
      this.#file.write(this.#kept)
      return true
    } catch {
      // The disk is full or read-only: the caller tells the agent, the setting works meanwhile.
      return false
    }
  }

  /** All or nothing. Throws 'disk-full', 'read-only' or 'not-saved', and what was set before stays in force. */
  save(change: Partial<Kept>): void {
    const next = { ...this.#kept, ...change }
    if (!this.#clearTheWay()) throw diskTrouble(null)
    try {
      this.#file.write(next)
    } catch (error) {
      throw diskTrouble(error)
    }
    this.#kept = next
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
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null
  const so = 'Nothing was changed.'
  switch (code) {
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

function readKept(file: SettingsSource): Kept | 'broken' {
  try {
    const value = file.read()
    if (value === undefined) return defaults
    const parsed = Kept.safeParse(value)
    return parsed.success ? parsed.data : 'broken'
  } catch {
    // Not JSON at all.
    return 'broken'
  }
}
