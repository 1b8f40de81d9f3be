import { mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'

const manifestName = 'files.json'
const pollMs = 200
const beatMs = 2_000
const staleMs = 15_000

/** Outside the repository, so that every checkout shares it. Relative XDG paths are ignored, as XDG asks. */
export function cacheRoot(env = process.env) {
  const base = env['XDG_CACHE_HOME']
  const home = base !== undefined && path.isAbsolute(base) ? base : path.join(os.homedir(), '.cache')
  return path.join(home, 'parley', 'electron')
}

/**
 * Runs the work while no other process holds the lock. The owner keeps touching the lock, so one left by a
 * killed process is known by its age, also where process ids mean nothing (containers that share a cache).
 * Two takers of a stale lock may both win in theory: the work must still end in one atomic rename.
 * @template T
 * @param {string} lock
 * @param {() => Promise<T>} work
 */
export async function withLock(lock, work) {
  await mkdir(path.dirname(lock), { recursive: true })
  if (!(await take(lock))) {
    process.stderr.write('Another process is preparing Electron. Waiting for it.\n')
    while (!(await take(lock))) await delay(pollMs)
  }
  const beat = setInterval(() => void touch(lock), beatMs)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    await rm(lock, { recursive: true, force: true })
  }
}

/** Records every file and its size, so that a cache thinned out by a cleaner is noticed. @param {string} folder */
export async function seal(folder) {
  await writeFile(path.join(folder, manifestName), JSON.stringify(await sizes(folder)))
}

/** @param {string} folder */
export async function isIntact(folder) {
  try {
    const found = await sizes(folder)
    const expected = JSON.parse(await readFile(path.join(folder, manifestName), 'utf8'))
    return Object.entries(expected).every(([name, bytes]) => found[name] === bytes)
  } catch {
    return false
  }
}

/** Bytes of all files below the folders that exist, also while something writes there. */
export async function folderBytes(/** @type {readonly string[]} */ folders) {
  const all = await Promise.all(folders.map((folder) => sizes(folder).catch(() => ({}))))
  return all.flatMap((files) => Object.values(files)).reduce((sum, bytes) => sum + bytes, 0)
}

/** @param {string} folder */
async function sizes(folder) {
  /** @type {Record<string, number>} */
  const found = {}
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    const info = await stat(file).catch(() => undefined)
    if (info) found[path.relative(folder, file)] = info.size
  }
  return found
}

/** @param {string} lock */
async function take(lock) {
  try {
    await mkdir(lock)
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const info = await stat(lock).catch(() => undefined)
  if (info && Date.now() - info.mtimeMs > staleMs) {
    const aside = `${lock}.stale-${process.pid}`
    await rename(lock, aside).catch(() => undefined)
    await rm(aside, { recursive: true, force: true })
  }
  return false
}

/** @param {string} lock */
async function touch(lock) {
  const now = new Date()
  await utimes(lock, now, now).catch(() => undefined)
}
