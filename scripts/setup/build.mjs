import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { npmCommand } from '../electron-runtime/fetch-package.mjs'
import { runForwardingSignals } from '../system/run.mjs'

const root = path.resolve(import.meta.dirname, '../..')
const sources = [
  ...['src-main', 'src-preload', 'src-renderer', 'src-shared', 'src-simulator', 'resources'],
  ...['electron.vite.config.ts', 'package.json', 'package-lock.json'],
]
const outputs = ['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html']

/** Builds the app unless the last build is newer than everything it is made of. */
export async function ensureBuilt() {
  if (await isBuilt(root)) return
  process.stderr.write('Building.\n')
  const { command, leading } = npmCommand()
  const status = await runForwardingSignals([command, ...leading, 'run', '--silent', 'build'], { cwd: root })
  if (status !== 0) throw new Error(`The build failed with code ${status}.`)
}

/** @param {string} folder */
export async function isBuilt(folder) {
  const built = outputs.map((name) => path.join(folder, name))
  if (!built.every((file) => existsSync(file))) return false
  const builtAt = await Promise.all(built.map(async (file) => (await stat(file)).mtimeMs))
  const changedAt = await Promise.all(sources.map((name) => lastChange(path.join(folder, name))))
  return Math.max(...changedAt) < Math.min(...builtAt)
}

/** Folders count as well: their time changes when a file in them is removed. @param {string} place */
async function lastChange(place) {
  if (!existsSync(place)) return 0
  const self = await stat(place)
  if (!self.isDirectory()) return self.mtimeMs
  const names = await readdir(place, { recursive: true })
  const times = await Promise.all(
    names
      .filter((name) => !name.endsWith('.test.ts'))
      .map(async (name) => (await stat(path.join(place, name))).mtimeMs),
  )
  return Math.max(self.mtimeMs, ...times)
}
