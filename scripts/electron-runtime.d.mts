export type RuntimeSource = 'environment' | 'official' | 'registry'

export interface ElectronRuntime {
  readonly source: RuntimeSource
  /** Absolute path of the executable. */
  readonly execPath: string
  /** The folder that holds the executable, as `ELECTRON_OVERRIDE_DIST_PATH` wants it. */
  readonly distPath: string
  /** Empty for a build that carries no version file. */
  readonly version: string
}

export function resolveElectronRuntime(options?: {
  readonly source?: 'auto' | 'official' | 'registry' | undefined
}): Promise<ElectronRuntime>

/** Variables that electron-vite, the `electron` package and Playwright read. */
export function runtimeEnv(runtime: ElectronRuntime): Record<string, string>

/** Installs missing system packages as root; otherwise throws with the command that does. */
export function ensureSystem(needs: {
  readonly execPath: string
  readonly display?: boolean
  readonly keyring?: boolean
}): void
