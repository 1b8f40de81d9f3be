// npm start: opens Parley from any state of the checkout. Without a display it plays a scripted practice
// shift instead and leaves screenshots and transcripts in demo-output/.
import path from 'node:path'
import process from 'node:process'
import { resolveElectronRuntime } from './electron-runtime/resolve.mjs'
import { ensureBuilt } from './setup/build.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { requireNode } from './setup/node-version.mjs'
import { hasDisplay } from './system/display.mjs'
import { ensureSystem } from './system/packages.mjs'
import { runForwardingSignals } from './system/run.mjs'
import { runWithElectron } from './system/run-with-electron.mjs'
import { sandboxSwitches } from './system/sandbox.mjs'

const root = path.resolve(import.meta.dirname, '..')

try {
  process.exitCode = await start(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

/** @param {readonly string[]} switches */
async function start(switches) {
  requireNode()
  await ensureInstalled()
  await ensureBuilt()
  if (!hasDisplay()) return playShift()
  const { execPath } = await resolveElectronRuntime()
  ensureSystem({ execPath })
  return runForwardingSignals([execPath, ...sandboxSwitches(execPath), root, ...switches])
}

function playShift() {
  process.stderr.write('No display: playing a scripted practice shift on a virtual one.\n')
  return runWithElectron(['tsx', path.join(root, 'scripts/scripted-shift.ts')], { keyring: true })
}
