import { chmodSync, existsSync, renameSync } from 'node:fs'
import path from 'node:path'
import ElectronStore from 'electron-store'
import type { JsonFile } from './settings-file.ts'

/** One electron-store file, written atomically and readable by this user alone. */
export function openStoreFile(folder: string, name: string): JsonFile {
  const file = path.join(folder, `${name}.json`)
  const options = {
    cwd: folder,
    name,
    clearInvalidConfig: false,
    configFileMode: 0o600,
    accessPropertiesByDotNotation: false,
  }
  return {
    read() {
      if (!existsSync(file)) return undefined
      chmodSync(file, 0o600)
      return new ElectronStore<Record<string, unknown>>(options).store
    },
    write(value) {
      new ElectronStore<Record<string, unknown>>(options).store = { ...value }
    },
    setAside() {
      renameSync(file, `${file}.broken-${String(Date.now())}`)
    },
  }
}
