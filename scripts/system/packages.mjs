import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { choosePackages, installCommand, missingLibraries } from './debian.mjs'

/** What a headless run needs besides Electron's own libraries: program, and the package it comes in. */
const programs = {
  display: { 'xvfb-run': 'xvfb', xauth: 'xauth' },
  keyring: { 'dbus-run-session': 'dbus', 'gnome-keyring-daemon': 'gnome-keyring' },
}

/** @param {string} execPath */
export function ensureLibraries(execPath) {
  if (process.platform !== 'linux') return
  const libraries = missingLibraries(run('ldd', [execPath]).stdout)
  // Electron loads this one when it first seals a secret, so ldd does not name it.
  if (libraries.length > 0) libraries.push('libsecret-1.so.0')
  provide(libraries)
}

/** @param {keyof typeof programs} purpose */
export function ensurePrograms(purpose) {
  if (process.platform !== 'linux') return
  const missing = Object.entries(programs[purpose]).filter(([program]) => !isOnPath(program))
  const extra = purpose === 'keyring' ? ['libsecret-1.so.0'] : []
  if (missing.length > 0) provide([...missing.map(([, name]) => name), ...extra])
}

/** @param {readonly string[]} wanted  sonames or package names */
function provide(wanted) {
  if (wanted.length === 0) return
  const packages = choosePackages(wanted, isKnownToApt)
  if (!isDebian() || !isRoot())
    throw new Error(
      request(
        choosePackages(wanted, () => true),
        wanted,
      ),
    )
  process.stderr.write(`Installing system packages: ${packages.join(' ')}\n`)
  const updated = apt(['update', '-qq'])
  const chosen = choosePackages(wanted, isKnownToApt)
  const installed = apt(['install', '-y', '-qq', '--no-install-recommends', ...chosen])
  if (installed.status === 0) return
  const why = `${updated.stderr}${installed.stderr}`.trim().split('\n').slice(-3).join('\n')
  throw new Error(`apt-get could not install ${chosen.join(' ')}.\n${why}`)
}

/** @param {readonly string[]} packages @param {readonly string[]} wanted */
function request(packages, wanted) {
  if (!isDebian())
    return `These are missing on this system: ${wanted.join(', ')}. Install them and run this again.`
  return `System packages are missing. Install them and run this again:\n  ${installCommand(packages)}`
}

/** @param {readonly string[]} args */
function apt(args) {
  return run('apt-get', args, { DEBIAN_FRONTEND: 'noninteractive' })
}

/** @param {string} name */
function isKnownToApt(name) {
  return run('apt-cache', ['show', '--no-all-versions', name]).stdout !== ''
}

function isDebian() {
  return existsSync('/etc/debian_version') && isOnPath('apt-get')
}

function isRoot() {
  return process.getuid?.() === 0
}

/** @param {string} program */
function isOnPath(program) {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  return folders.some((folder) => existsSync(path.join(folder, program)))
}

/** @param {string} command @param {readonly string[]} args @param {Record<string, string>} [env] */
function run(command, args, env = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', ...env },
  })
  return { status, stdout: stdout ?? '', stderr: stderr ?? '' }
}
