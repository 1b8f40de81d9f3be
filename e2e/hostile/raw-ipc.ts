import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { isOpen } from '../fixtures.ts'
import type { Console } from '../console.ts'

declare global {
  /** What a page has that broke out of its own world: everything that Electron gives a preload script. */
  var raw: {
    invoke: (channel: string, ...args: readonly unknown[]) => Promise<unknown>
    sendSync: (channel: string, ...args: readonly unknown[]) => unknown
    send: (channel: string, ...args: readonly unknown[]) => void
  }
}

const script = `
const { contextBridge, ipcRenderer } = require('electron')
contextBridge.exposeInMainWorld('raw', {
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  sendSync: (channel, ...args) => ipcRenderer.sendSync(channel, ...args),
  send: (channel, ...args) => ipcRenderer.send(channel, ...args),
})`

/** Gives the page raw IPC, by Electron's own means: the product has no hook for it. */
export async function takeOver({ app, page }: Console): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'parley-raw-'))
  const file = path.join(folder, 'raw.cjs')
  await writeFile(file, script)
  await app.evaluate(({ session }, filePath) => {
    const own = session.defaultSession
    // Electron 35 and later, and the older runtime of development.
    if (typeof own.registerPreloadScript === 'function')
      own.registerPreloadScript({ type: 'frame', filePath })
    else (own as unknown as { setPreloads(files: string[]): void }).setPreloads([filePath])
  }, file)
  await page.reload()
  await isOpen(page).waitFor()
  await rm(folder, { recursive: true })
}
