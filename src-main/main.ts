import path from 'node:path'
import { app, BrowserWindow, dialog, Menu } from 'electron'
import { compose, type Desk } from './compose.ts'
import { openDoors } from './ipc/doors.ts'
import { applicationMenu } from './platform/application-menu.ts'
import { registerAppScheme } from './platform/app-protocol.ts'
import { offerContextMenu } from './platform/context-menu.ts'
import { forbidCoreDumps } from './platform/core-dumps.ts'
import { describeBug } from './platform/describe-bug.ts'
import { profileFolder, readCommandLine } from './platform/command-line.ts'
import { clearEnvironment, clearSwitches } from './platform/environment.ts'
import { keepGraphicsGoing } from './platform/graphics.ts'
import { claimProfile, type OpenProfile, removeScratch } from './platform/profile-claim.ts'
import { pressKeys } from './platform/press-keys.ts'
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
clearSwitches(app.commandLine)
forbidCoreDumps()
// Electron would show a dialog and stand still until somebody answers it; a console must not go deaf over a bug.
let report = (error: unknown): void => {
  process.stderr.write(`parley: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
}
process.on('uncaughtException', (error) => {
  report(error)
})
const resources = path.join(import.meta.dirname, '../../resources')

// Chromium refuses to run as root with its sandbox; whoever does that has to say --no-sandbox, as tests on a build
// machine do. Every page stays a sandboxed page in what it can reach either way.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
registerAppScheme()
guardAllPages()

const profile = claimProfile({
  folder: profileFolder(),
  requestLock: () => app.requestSingleInstanceLock(),
  moveTo: (folder) => {
    app.setPath('userData', folder)
    app.setPath('sessionData', folder)
  },
})
if (profile.use === 'running') {
  process.stderr.write('Parley is open already, and was asked to show its window.\n')
  app.quit()
} else {
  keepGraphicsGoing(profile.folder)
  process.on('exit', () => {
    removeScratch(profile)
  })
  // Not awaited at the top level: Electron holds `ready` back until this module has finished.
  void app
    .whenReady()
    .then(() => start(profile))
    .catch(giveUp)
}

async function start(profile: OpenProfile): Promise<void> {
  await guardSession()
  const desk = await compose({ resources, commandLine: readCommandLine(), profile })
  report = (error) => {
    desk.doors.log.error('uncaught', describeBug(error))
  }
  const menu = applicationMenu(process.platform, {
    press: (name) => {
      pressKeys(desk.window.current, name, process.platform)
    },
    quit: () => void desk.leave('quit'),
  })
  Menu.setApplicationMenu(menu === null ? null : Menu.buildFromTemplate([...menu]))
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
async function giveUp(error: unknown): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error)
  process.stderr.write(`Parley cannot go on: ${reason}\n`)
  const detail = `${reason}\n\nNothing that was saved has been changed.`
  await dialog
    .showMessageBox({
      type: 'error',
      title: 'Parley',
      message: 'Parley cannot go on',
      detail,
      buttons: ['Quit'],
    })
    .catch(report)
  app.exit(1)
}

async function openWindow(desk: Desk): Promise<void> {
  const window = createWindow(desk.bounds(), path.join(resources, 'icon.png'))
  desk.window.adopt(window, desk.textSize(), (state) => {
    desk.windowChanged(state)
  })
  desk.gesture.watch(window.webContents)
  offerContextMenu(window)
  guardRenderer(window, desk.watchdog)
  window.on('close', (event) => {
    desk.saveBounds(boundsOf(window))
    // On macOS an application outlives its windows.
    if (process.platform === 'darwin' || desk.isClosed) return
    event.preventDefault()
    void desk.leave('close')
  })
  // A page that fails to load, or dies meanwhile, is brought back like one that fails later.
  await window.loadURL(pageUrl()).catch(report)
}
