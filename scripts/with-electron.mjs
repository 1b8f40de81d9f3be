// Runs a command with an Electron runtime in place, and a display where there is none:
//   node scripts/with-electron.mjs electron-vite dev
import path from 'node:path'
import process from 'node:process'
import { ensureLibraries, resolveElectronRuntime, runtimeEnv } from './electron-runtime.mjs'
import { onSomeDisplay } from './system/display.mjs'
import { runForwardingSignals } from './system/run.mjs'

const [command, ...args] = process.argv.slice(2)

if (command === undefined) {
  process.stderr.write('usage: node scripts/with-electron.mjs <command> [arguments]\n')
  process.exitCode = 2
} else {
  try {
    process.exitCode = await runWithElectron(command, args)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}

/** @param {string} program @param {readonly string[]} programArgs */
async function runWithElectron(program, programArgs) {
  const runtime = await resolveElectronRuntime()
  ensureLibraries(runtime.execPath)
  const bin = path.resolve(import.meta.dirname, '../node_modules/.bin')
  const env = {
    ...process.env,
    ...runtimeEnv(runtime),
    PATH: [bin, process.env['PATH']].join(path.delimiter),
    // electron-vite turns it into --no-sandbox, without which Chromium refuses to start as root.
    ...(process.getuid?.() === 0 && { NO_SANDBOX: '1' }),
  }
  return runForwardingSignals(onSomeDisplay([program, ...programArgs]), env)
}
