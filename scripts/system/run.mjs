import { spawn } from 'node:child_process'
import process from 'node:process'

/**
 * Runs a command to its end and passes signals on to everything it started: xvfb-run and npm do not.
 * @param {readonly string[]} commandLine
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>} the exit code
 */
export function runForwardingSignals([command = '', ...args], env = process.env) {
  const posix = process.platform !== 'win32'
  // A process group of its own, so that one signal reaches the whole tree.
  const child = spawn(command, args, { stdio: 'inherit', env, detached: posix, shell: !posix })
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    if (child.pid === undefined || child.exitCode !== null) return
    if (posix) process.kill(-child.pid, signal)
    else child.kill(signal)
  }
  /** @type {readonly NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, forward)
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Error(`${command} could not be started: ${error.message}`)))
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, forward)
      resolve(code ?? (signal === null ? 0 : 1))
    })
  })
}
