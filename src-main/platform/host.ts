import { app, safeStorage } from 'electron'
import type { Surroundings } from '#shared/model.ts'
import type { Clock } from '../chat/clock.ts'
import type { Keychain } from '../vault/keychain.ts'
import { electronKeychain } from './keychain.ts'
import { secretService } from './secret-service.ts'
import { sessionBus } from './session-bus.ts'
import { weaknessesOf } from './weaknesses.ts'

/** The running application, as the rest of main sees it. */
export interface Host {
  /** Where everything of this profile is kept. */
  readonly profile: string
  readonly version: string
  readonly keychain: Keychain
  readonly weaknesses: Surroundings['weaknesses']
  readonly quit: () => void
}

/** After `ready`: before it there is no keychain to ask. */
export function electronHost(clock: Clock): Host {
  const bus = sessionBus(busAddress(process.env), process.getuid?.() ?? 0, clock)
  return {
    profile: app.getPath('userData'),
    version: app.getVersion(),
    weaknesses: weaknessesOf(process.versions.electron, !app.commandLine.hasSwitch('no-sandbox')),
    keychain: electronKeychain(safeStorage, process.platform, secretService(bus)),
    quit: () => {
      app.quit()
    },
  }
}

/** Desktops that leave out the variable have the bus at its fixed place. */
function busAddress(env: NodeJS.ProcessEnv): string | null {
  const { DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: folder } = env
  if (address !== undefined && address !== '') return address
  return folder === undefined ? null : `unix:path=${encodeURI(folder)}/bus`
}
