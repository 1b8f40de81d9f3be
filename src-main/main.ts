import path from 'node:path'
import { app, BrowserWindow, dialog, Menu } from 'electron'
import { compose, type Desk } from './compose.ts'
import { openDoors } from './ipc/doors.ts'
import { registerAppScheme } from './platform/app-protocol.ts'
import { offerContextMenu } from './platform/context-menu.ts'
import { forbidCoreDumps } from './platform/core-dumps.ts'
import { describeBug } from './platform/describe-bug.ts'
import { readCommandLine } from './platform/command-line.ts'
import { clearEnvironment } from './platform/environment.ts'
import { guardRenderer } from './platform/watchdog.ts'
import {
  boundsOf,
  createWindow,
  guardAllPages,
  guardSession,
  pageOrigins,
  pageUrl,
} from './platform/window.ts'

clearEnvironment(process.env)
forbidCoreDumps()

const resources = path.join(import.meta.dirname, '../../resources')

// Chromium refuses to run as root with its sandbox; whoever does that has to say --no-sandbox, as tests on a build
// machine do. Every page stays a sandboxed page in what it can reach either way.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
registerAppScheme()
guardAllPages()

// Before any file is touched: two copies on one profile would both write it.
if (app.requestSingleInstanceLock()) {
  // Not awaited at the top level: Electron holds `ready` back until this module has finished.
  void app.whenReady().then(start).catch(giveUp)
} else {
  app.quit()
}

async function start(): Promise<void> {
  Menu.setApplicationMenu(null)
  await guardSession()
  const desk = await compose({ resources, commandLine: readCommandLine() })
  // Electron would show a dialog and stand still until somebody answers it; a console must not go deaf over a bug.
  process.on('uncaughtException', (error) => {
    desk.doors.log.error('uncaught', describeBug(error))
  })
  openDoors({ ...desk.doors, window: () => desk.window.current, origins: pageOrigins() })
  await openWindow(desk)
  app.on('second-instance', () => {
    desk.window.raise()
  })
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void openWindow(desk)
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('before-quit', (event) => {
    if (desk.isClosed) return
    event.preventDefault()
    const window = desk.window.current
    if (window !== null) desk.saveBounds(boundsOf(window))
    // Everything is on disk by then. Asking the page whether it may close has been seen to wait for ever.
    void desk.close().finally(() => {
      app.exit(0)
    })
  })
  await desk.begin()
}

/** A console that cannot start has to say so: without this there would be no window and no word. */
function giveUp(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error)
  dialog.showErrorBox('Parley cannot go on', `${reason}\n\nNothing that was saved has been changed.`)
  app.exit(1)
}

async function openWindow(desk: Desk): Promise<void> {
  const window = createWindow(desk.bounds(), path.join(resources, 'icon.png'))
  desk.window.adopt(window, (state) => {
    desk.windowChanged(state)
  })
  desk.gesture.watch(window.webContents)
  const gaveUp = (): void => {
    giveUp(new Error('The window stopped working again and again.'))
  }
  offerContextMenu(window)
  guardRenderer(window, { ...desk.watchdog, gaveUp })
  window.on('close', () => {
    desk.saveBounds(boundsOf(window))
  })
  await window.loadURL(pageUrl())
}
