import { copyFileSync, existsSync, renameSync } from 'node:fs'
import path from 'node:path'
import { ipcMain } from 'electron'
import ElectronStore from 'electron-store'
import { syncFolder } from '../sync-file.ts'
import { makePrivate } from './private-file.ts'
import { readTextFile } from './text-file.ts'

/** A JSON object on disk. Nothing is ever destroyed: what is broken keeps its bytes under another name. */
export interface StoreFile {
  /** Undefined when there is no file. Throws a `SyntaxError` when it is not JSON. */
  read(): unknown
  /** Replaces it whole, on disk when it returns. Throws when the disk does not take it. */
  write(value: Readonly<Record<string, unknown>>): void
  /** Renames it to `.broken-<time>`, where there is one. */
  setAside(): void
  /** Leaves a copy under such a name. */
  keepCopy(): void
}

/** Another Parley's: what stands in it is used, and nothing is changed. */
export function onlyRead(file: StoreFile): StoreFile {
  const refuse = (): never => {
    throw new Error('This file is not ours to write')
  }
  return { read: () => file.read(), write: refuse, setAside: refuse, keepCopy: refuse }
}

/** One electron-store file, readable by this user alone. */
export function openStoreFile(folder: string, name: string): StoreFile {
  const file = path.join(folder, `${name}.json`)
  const brokenName = (): string => `${file}.broken-${String(Date.now())}`
  const open = (): ElectronStore => {
    const store = new ElectronStore({
      cwd: folder,
      name,
      clearInvalidConfig: false,
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
    })
    // It tells any page that asks where the profile lies. No page of ours asks.
    ipcMain.removeAllListeners('electron-store-get-data')
    return store
  }
  return {
    read() {
      if (!existsSync(file)) return undefined
      makePrivate(file)
      // Read here and not by the store, which takes only UTF-8 without a mark, and not what a person's editor writes.
      const content: unknown = JSON.parse(readTextFile(file))
      return content
    },
    write(value) {
      open().store = { ...value }
      // The content is synced by then; the new name of it is not.
      syncFolder(folder)
    },
    setAside() {
      if (existsSync(file)) renameSync(file, brokenName())
    },
    keepCopy() {
      if (existsSync(file)) copyFileSync(file, brokenName())
    },
  }
}
