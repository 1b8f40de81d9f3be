import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { choosePackages, installCommand, missingLibraries } from './debian.mjs'

/** What a run without a desktop needs: program, and the package it comes in. */
const displayPrograms = { 'xvfb-run': 'xvfb', xauth: 'xauth' }
const keyringPrograms = { 'dbus-run-session': 'dbus', 'gnome-keyring-daemon': 'gnome-keyring' }

/**
 * Installs what is missing on this system, all in one go. Without the right to do so it throws an error that
 * holds the command to run.
 * @param {{ execPath: string, display?: boolean, keyring?: boolean }} needs
 */
export function ensureSystem({ execPath, display = false, keyring = false }) {
  if (process.platform !== 'linux') return
  const libraries = missingLibraries(run('ldd', [execPath]).stdout)
  const programs = [
    ...(display ? missing(displayPrograms) : []),
    ...(keyring ? missing(keyringPrograms) : []),
  ]
  const wanted = [...libraries, ...programs]
  if (wanted.length === 0) return
  // Chromium loads this one by itself when it first seals a secret, so ldd does not name it.
  install([...wanted, 'libsecret-1.so.0'])
}

/** @param {readonly string[]} wanted  sonames or package names */
function install(wanted) {
  if (!existsSync('/etc/debian_version') || !isOnPath('apt-get')) {
    throw new Error(`Missing on this system: ${wanted.join(', ')}. Install them and run this again.`)
  }
  if (process.getuid?.() !== 0) {
    const command = installCommand(choosePackages(wanted, isKnownToApt))
    throw new Error(`System packages are missing. Install them and run this again:\n  ${command}`)
  }
  process.stderr.write('Installing system packages.\n')
  const updated = apt(['update', '-qq'])
  const packages = choosePackages(wanted, isKnownToApt)
  process.stderr.write(`  ${packages.join(' ')}\n`)
  const installed = apt(['install', '-y', '-qq', ...packages])
  if (installed.status === 0) return
  const why = `${updated.stderr}${installed.stderr}`.trim().split('\n').slice(-3).join('\n')
  throw new Error(`apt-get could not install ${packages.join(' ')}.\n${why}`)
}

/** @param {readonly string[]} args */
function apt(args) {
  return run('apt-get', [...args, '--no-install-recommends'])
}

/** @param {string} name */
function isKnownToApt(name) {
  return run('apt-cache', ['show', '--no-all-versions', name]).stdout !== ''
}

/** @param {Readonly<Record<string, string>>} programs */
function missing(programs) {
  return Object.entries(programs)
    .filter(([program]) => !isOnPath(program))
    .map(([, name]) => name)
}

/** @param {string} program */
function isOnPath(program) {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  return folders.some((folder) => existsSync(path.join(folder, program)))
}

/** @param {string} command @param {readonly string[]} args */
function run(command, args) {
  const env = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' }
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env })
  return { status, stdout: stdout ?? '', stderr: stderr ?? '' }
}
