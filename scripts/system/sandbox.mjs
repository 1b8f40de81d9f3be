import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

/**
 * Chromium's sandbox stays on wherever the system lets it start: not for root, and not where user namespaces
 * are closed to programs (Ubuntu 24.04) and the setuid helper is not installed.
 * @param {string} execPath
 */
export function sandboxSwitches(execPath) {
  if (process.platform !== 'linux') return []
  if (process.getuid?.() !== 0 && (hasSetuidHelper(execPath) || canOpenNamespace())) return []
  process.stderr.write('This system does not let Chromium start its sandbox: running without it.\n')
  return ['--no-sandbox']
}

/** @param {string} execPath */
function hasSetuidHelper(execPath) {
  const file = path.join(path.dirname(execPath), 'chrome-sandbox')
  if (!existsSync(file)) return false
  const { uid, mode } = statSync(file)
  return uid === 0 && (mode & 0o4000) !== 0
}

function canOpenNamespace() {
  return spawnSync('unshare', ['--user', '--map-root-user', 'true']).status === 0
}
