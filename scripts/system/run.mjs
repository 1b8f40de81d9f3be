import { spawn } from 'node:child_process'
import process from 'node:process'

/**
 * Runs a command to its end and passes signals on to everything it started: xvfb-run and npm do not.
 * @param {readonly string[]} commandLine
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onOutput?: (chunk: Buffer) => void, asNotes?: boolean }} [options]
 *   with `onOutput` both streams of the command go there alone; `asNotes` sends both to stderr
 * @returns {Promise<number>} the exit code
 */
export function runForwardingSignals([command = '', ...args], options = {}) {
  const { cwd, env = process.env, onOutput, asNotes = false } = options
  const posix = process.platform !== 'win32'
  const child = spawn(command, args, {
    ...(cwd !== undefined && { cwd }),
    env,
    stdio: onOutput ? ['inherit', 'pipe', 'pipe'] : ['inherit', asNotes ? 2 : 'inherit', 'inherit'],
    // A process group of its own, so that one signal reaches the whole tree.
    detached: posix,
    shell: !posix,
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => onOutput?.(chunk))
  }
  const stop = forwardSignals((signal) => {
    if (child.pid === undefined || child.exitCode !== null) return
    if (posix) process.kill(-child.pid, signal)
    else child.kill(signal)
  })
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Error(`${command} could not be started: ${error.message}`)))
    child.on('close', (code, signal) => resolve(code ?? (signal === null ? 0 : 1)))
  }).finally(stop)
}

/** @param {(signal: NodeJS.Signals) => void} forward */
function forwardSignals(forward) {
  /** @type {readonly NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, forward)
  return () => {
    for (const signal of signals) process.off(signal, forward)
  }
}
