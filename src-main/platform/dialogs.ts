import { existsSync } from 'node:fs'
import { withEnding } from './file-ending.ts'
import { dialog, shell, type BrowserWindow } from 'electron'

export interface SaveRequest {
  readonly title: string
  readonly suggestedName: string
  readonly extension: string
  readonly typeName: string
}

export interface OpenRequest {
  readonly title: string
  readonly extensions: readonly string[]
  readonly typeName: string
}

/** Native dialogs. Paths are chosen by the person, never by the page. */
export interface Dialogs {
  /** Null when the person cancelled. */
  chooseFile(request: SaveRequest): Promise<string | null>
  chooseOpenFile(request: OpenRequest): Promise<string | null>
  chooseFolder(title: string): Promise<string | null>
  showInFolder(path: string): void
}

export function nativeDialogs(window: () => BrowserWindow | null): Dialogs {
  return {
    async chooseFile({ title, suggestedName, extension, typeName }) {
      const options = {
        title,
        defaultPath: suggestedName,
        filters: [{ name: typeName, extensions: [extension] }],
        properties: ['createDirectory' as const, 'showOverwriteConfirmation' as const],
      }
      const parent = window()
      const chosen = await (parent ? dialog.showSaveDialog(parent, options) : dialog.showSaveDialog(options))
      return chosen.canceled || chosen.filePath === ''
        ? null
        : withEnding(chosen.filePath, extension, existsSync)
    },
    async chooseOpenFile({ title, extensions, typeName }) {
      const options = {
        title,
        filters: [
          { name: typeName, extensions: [...extensions] },
          { name: 'All files', extensions: ['*'] },
        ],
        properties: ['openFile' as const],
      }
      const parent = window()
      const chosen = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options))
      return chosen.canceled ? null : (chosen.filePaths[0] ?? null)
    },
    async chooseFolder(title) {
      const options = { title, properties: ['openDirectory' as const, 'createDirectory' as const] }
      const parent = window()
      const chosen = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options))
      return chosen.canceled ? null : (chosen.filePaths[0] ?? null)
    },
    showInFolder: (path) => {
      shell.showItemInFolder(path)
    },
  }
}
