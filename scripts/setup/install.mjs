import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { npmCommand } from '../electron-runtime/fetch-package.mjs'
import { runForwardingSignals } from '../system/run.mjs'

const root = path.resolve(import.meta.dirname, '../..')

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile
 */

/** Runs `npm ci` where the packages are missing or are not those of the lockfile. */
export async function ensureInstalled() {
  if (isInstalled(readLock('node_modules/.package-lock.json'), readLock('package-lock.json'))) return
  process.stderr.write('Installing packages.\n')
  const { command, leading } = npmCommand()
  const status = await runForwardingSignals([command, ...leading, 'ci', '--loglevel=error'], {
    cwd: root,
    asNotes: true,
  })
  if (status !== 0) throw new Error(`npm ci failed with code ${status}.`)
}

/**
 * An optional package may be absent: it belongs to another platform.
 * @param {Lockfile | undefined} installed
 * @param {Lockfile | undefined} wanted
 */
export function isInstalled(installed, wanted) {
  if (installed?.packages === undefined) return false
  const found = installed.packages
  return Object.entries(wanted?.packages ?? {}).every(([place, { version, integrity, optional }]) => {
    if (place === '') return true
    const here = found[place]
    if (here === undefined) return optional === true
    return here.version === version && here.integrity === integrity
  })
}

/** @param {string} name @returns {Lockfile | undefined} */
function readLock(name) {
  const file = path.join(root, name)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}
