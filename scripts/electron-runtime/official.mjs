import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'
import { cacheRoot, withLock } from './cache.mjs'
import { describeRuntime } from './environment.mjs'
import { runWatched } from './run-watched.mjs'

const hourMs = 3_600_000
const retryAfterMs = 12 * hourMs
/** What a download of this size looks like; only the progress bar depends on it. */
const downloadBytes = 120_000_000

/**
 * The binary of the `electron` release in package.json: the one that is installed, or else downloaded now.
 * A failed download is remembered for half a day, so that it delays one command and not every one.
 * @param {{ insist: boolean }} options  insist: try even so
 * @returns {Promise<import('./resolve.mjs').Attempt>}
 */
export async function officialRuntime({ insist }) {
  const folder = packageFolder()
  if (folder === undefined) return { refusal: 'The electron package is not installed. Run npm ci.' }
  const execPath = installedBinary(folder)
  if (execPath !== undefined) return { runtime: describeRuntime('official', execPath) }
  const memory = failureMemory(folder)
  const remembered = await recentFailure(memory)
  if (remembered !== undefined && !insist) return refuse(remembered)
  return withLock(`${memory}.lock`, () => downloadOnce(folder, memory, remembered))
}

/** @param {{ reason: string, at: number }} failure @param {number} now */
export function isRecent(failure, now) {
  return now - failure.at < retryAfterMs && failure.at <= now
}

function packageFolder() {
  try {
    return path.dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  } catch {
    return undefined
  }
}

/** @param {string} folder */
function installedBinary(folder) {
  const pathFile = path.join(folder, 'path.txt')
  if (!existsSync(pathFile)) return undefined
  const execPath = path.join(folder, 'dist', readFileSync(pathFile, 'utf8'))
  return existsSync(execPath) ? execPath : undefined
}

/** Another release or another mirror is another question. @param {string} folder */
function failureMemory(folder) {
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? 'default'
  return path.join(cacheRoot(), `no-download-${version}-${mirror.replaceAll(/[^a-z0-9.]+/gi, '-')}.json`)
}

/** @param {string} memory */
async function recentFailure(memory) {
  if (!existsSync(memory)) return undefined
  const failure = JSON.parse(await readFile(memory, 'utf8'))
  return isRecent(failure, Date.now()) ? failure.reason : undefined
}

/** @param {string} reason */
function refuse(reason) {
  return { refusal: `Official download: ${reason}` }
}

/**
 * While this process waited for the lock another may have succeeded, or failed.
 * @param {string} folder
 * @param {string} memory
 * @param {string | undefined} knownFailure
 * @returns {Promise<import('./resolve.mjs').Attempt>}
 */
async function downloadOnce(folder, memory, knownFailure) {
  const meanwhile = installedBinary(folder)
  if (meanwhile !== undefined) return { runtime: describeRuntime('official', meanwhile) }
  const failure = await recentFailure(memory)
  if (failure !== undefined && failure !== knownFailure) return refuse(failure)
  try {
    const execPath = await download(folder)
    await rm(memory, { force: true })
    return { runtime: describeRuntime('official', execPath) }
  } catch (error) {
    const reason = plainly(error instanceof Error ? error.message : String(error))
    await writeFile(memory, JSON.stringify({ reason, at: Date.now() }))
    return refuse(reason)
  }
}

/** Electron's installer reports only that its fetch failed. @param {string} message */
function plainly(message) {
  return message.includes('fetch failed') ? 'the download server could not be reached' : message
}

/** @param {string} folder */
async function download(folder) {
  await mkdir(cacheRoot(), { recursive: true })
  const temporary = await mkdtemp(path.join(cacheRoot(), 'downloading-'))
  try {
    await runWatched(process.execPath, [path.join(folder, 'install.js')], {
      label: 'Fetching Electron',
      folders: [temporary, path.join(folder, 'dist')],
      totalBytes: downloadBytes,
      silentSeconds: 15,
      env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
    })
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
  const execPath = installedBinary(folder)
  if (execPath === undefined) throw new Error('the installer finished without leaving an executable')
  return execPath
}
