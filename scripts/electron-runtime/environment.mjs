import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

/**
 * An explicit choice that does not exist is an error, never a reason to look elsewhere.
 * @param {NodeJS.ProcessEnv} env
 * @returns {import('./resolve.mjs').Attempt | undefined}
 */
export function runtimeFromEnvironment(env) {
  const execPath = env['ELECTRON_EXEC_PATH']
  const distPath = env['ELECTRON_OVERRIDE_DIST_PATH']
  if (execPath) return { runtime: chosen('ELECTRON_EXEC_PATH', execPath) }
  if (distPath)
    return { runtime: chosen('ELECTRON_OVERRIDE_DIST_PATH', path.join(distPath, executableName())) }
  return undefined
}

/**
 * @param {import('../electron-runtime.d.mts').RuntimeSource} source
 * @param {string} execPath
 */
export function describeRuntime(source, execPath) {
  const distPath =
    process.platform === 'darwin' ? path.resolve(execPath, '../../../..') : path.dirname(execPath)
  return { source, execPath, distPath, version: readVersion(path.join(distPath, 'version')) }
}

/** @param {NodeJS.Platform} platform */
export function executableName(platform = process.platform) {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return platform === 'win32' ? 'electron.exe' : 'electron'
}

/** @param {string} variable @param {string} execPath */
function chosen(variable, execPath) {
  if (!existsSync(execPath)) throw new Error(`${variable} leads to ${execPath}, which does not exist.`)
  return describeRuntime('environment', path.resolve(execPath))
}

/** @param {string} file */
function readVersion(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : ''
}
