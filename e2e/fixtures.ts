import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { _electron, test as base, type ElectronApplication, type Locator, type Page } from '@playwright/test'
import { startSimulator, type Simulator } from '#simulator/simulator.ts'
import { Console } from './console.ts'

export { expect } from '@playwright/test'

interface Launch {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

export interface Fixtures {
  readonly simulator: Simulator
  readonly profile: string
  readonly launch: (options?: Launch) => Promise<Console>
  /** Parley on its own profile, joined to nothing, its default instance being the simulator. */
  readonly desk: Console
}

export const test = base.extend<Fixtures>({
  simulator: async ({}, use) => {
    const simulator = await startSimulator()
    await use(simulator)
    await simulator.close()
  },
  profile: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'parley-e2e-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  },
  launch: async ({ profile, simulator }, use) => {
    const started: ElectronApplication[] = []
    await use(async ({ args = [], env = {} } = {}) => {
      const app = await startParley(
        [`--user-data-dir=${profile}`, `--endpoint=${simulator.endpoint}`, ...args],
        env,
      )
      started.push(app)
      const page = await app.firstWindow()
      await isOpen(page).waitFor()
      return new Console(app, page)
    })
    for (const app of started) await app.close().catch(() => undefined)
  },
  desk: async ({ launch }, use) => {
    await use(await launch())
  },
})

/** The window is there before the conversations are. */
export function isOpen(page: Page): Locator {
  return page.locator('main:not([aria-busy=true])')
}

/** By `executablePath`, so that Playwright's loader does not choose a password store of its own. */
export async function startParley(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  program = electronProgram(),
): Promise<ElectronApplication> {
  return _electron.launch({
    executablePath: program,
    args: [process.cwd(), ...args],
    chromiumSandbox: mayUseSandbox(),
    env: { ...definedEnvironment(), ...env },
  })
}

export function electronProgram(): string {
  return process.env['ELECTRON_EXEC_PATH'] ?? ''
}

/** Chromium refuses to use its sandbox for root. */
export function mayUseSandbox(): boolean {
  return process.getuid?.() !== 0
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
