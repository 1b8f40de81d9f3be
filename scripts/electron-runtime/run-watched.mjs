import { spawn } from 'node:child_process'
import process from 'node:process'
import { folderBytes } from './cache.mjs'
import { startProgress } from './progress.mjs'

const lookMs = 250

/**
 * Runs a download and shows how far it is by the growth of the folders it writes to. One that stays silent
 * too long is ended: a firewall that drops packets would otherwise hold everything up for minutes.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ label: string, folders: readonly string[], totalBytes: number, silentSeconds: number,
 *           env?: NodeJS.ProcessEnv, quiet?: boolean }} options
 */
export async function runWatched(command, args, options) {
  const started = Date.now()
  const progress = startProgress(options.label)
  const child = spawn(command, args, { env: options.env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => (output.stdout += chunk))
  child.stderr.on('data', (chunk) => (output.stderr += chunk))
  const watch = watchGrowth(options, progress, () => child.kill('SIGKILL'))
  try {
    const status = await new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', resolve)
    })
    if (status !== 0) throw new Error(watch.isSilent() ? silence(options) : reason(output.stderr, command))
    progress.end(`done in ${((Date.now() - started) / 1000).toFixed(1)} s`)
    return output
  } catch (error) {
    progress.end('not available')
    throw error
  } finally {
    watch.stop()
  }
}

/**
 * @param {{ folders: readonly string[], totalBytes: number, silentSeconds: number }} options
 * @param {{ advance(done: number, total: number): void }} progress
 * @param {() => void} onSilent
 */
function watchGrowth({ folders, totalBytes, silentSeconds }, progress, onSilent) {
  let bytes = 0
  let grownAt = Date.now()
  let silent = false
  const timer = setInterval(() => {
    void folderBytes(folders).then((now) => {
      if (now !== bytes) grownAt = Date.now()
      bytes = now
      if (bytes > 0) progress.advance(bytes, totalBytes)
      if (Date.now() - grownAt < silentSeconds * 1000) return
      silent = true
      onSilent()
    })
  }, lookMs)
  return { stop: () => clearInterval(timer), isSilent: () => silent }
}

/** @param {{ silentSeconds: number }} options */
function silence({ silentSeconds }) {
  return `nothing arrived for ${silentSeconds} seconds`
}

/**
 * The line that says most: npm and Electron's installer surround it with warnings, advice and stack frames.
 * @param {string} stderr
 * @param {string} command
 */
export function reason(stderr, command) {
  const lines = stderr
    .split('\n')
    .filter((line) => !line.startsWith('npm warn'))
    .map((line) => line.replace(/^npm error ?/, '').trim())
    .filter((line) => line !== '')
  const telling = lines.find((line) => /Error: |not found|no matching|failed|denied/i.test(line))
  return telling ?? lines[0] ?? `${command} failed`
}
