import path from 'node:path'
import process from 'node:process'
import { resolveElectronRuntime, runtimeEnv } from '../electron-runtime/resolve.mjs'
import { hasDisplay, surround } from './display.mjs'
import { ensureSystem } from './packages.mjs'
import { runForwardingSignals } from './run.mjs'

const bin = path.resolve(import.meta.dirname, '../../node_modules/.bin')

/**
 * @param {readonly string[]} commandLine
 * @param {{ keyring: boolean, onOutput?: (chunk: Buffer) => void }} options
 * @returns {Promise<number>} the exit code
 */
export async function runWithElectron(commandLine, { keyring, ...options }) {
  const runtime = await resolveElectronRuntime()
  const wanted = { display: !hasDisplay(), keyring: keyring && process.platform === 'linux' }
  ensureSystem({ execPath: runtime.execPath, ...wanted })
  const env = {
    ...process.env,
    ...runtimeEnv(runtime),
    PATH: [bin, process.env['PATH']].join(path.delimiter),
    // electron-vite turns it into --no-sandbox, without which Chromium refuses to start as root.
    ...(process.getuid?.() === 0 && { NO_SANDBOX: '1' }),
  }
  return runForwardingSignals(surround(commandLine, wanted), { env, ...options })
}
