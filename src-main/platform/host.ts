import { app, safeStorage } from 'electron'
import type { Keychain } from '../vault/keychain.ts'
import { electronKeychain } from './keychain.ts'

/** The running application, as the rest of main sees it. */
export interface Host {
  /** Where everything of this profile is kept. */
  readonly profile: string
  readonly version: string
  readonly keychain: Keychain
  readonly quit: () => void
}

/** After `ready`: before it there is no keychain to ask. */
export function electronHost(): Host {
  return {
    profile: app.getPath('userData'),
    version: app.getVersion(),
    keychain: electronKeychain(safeStorage, process.platform),
    quit: () => {
      app.quit()
    },
  }
}
