import { chmodSync, closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync } from 'node:fs'
import path from 'node:path'
import ElectronStore from 'electron-store'
import type { VaultFile } from '../vault/sealed-book.ts'
import type { JsonFile } from './settings-file.ts'

/** One electron-store file, written atomically, on disk at once and readable by this user alone. */
export function openStoreFile(folder: string, name: string): JsonFile & VaultFile {
  const file = path.join(folder, `${name}.json`)
  const options = {
    cwd: folder,
    name,
    clearInvalidConfig: false,
    configFileMode: 0o600,
    accessPropertiesByDotNotation: false,
  }
  const broken = (): string => `${file}.broken-${String(Date.now())}`
  return {
    read() {
      if (!existsSync(file)) return undefined
      chmodSync(file, 0o600)
      return new ElectronStore<Record<string, unknown>>(options).store
    },
    write(value) {
      new ElectronStore<Record<string, unknown>>(options).store = { ...value }
      syncFolder(folder)
    },
    setAside() {
      renameSync(file, broken())
    },
    keepCopy() {
      copyFileSync(file, broken())
    },
  }
}

/** electron-store syncs the file but not its new name, so a power cut could bring the old content back. */
function syncFolder(folder: string): void {
  // Windows cannot open a folder; there the rename itself is durable enough.
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
