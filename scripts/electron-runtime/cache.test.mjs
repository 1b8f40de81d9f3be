import { mkdir, mkdtemp, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { cacheRoot, folderBytes, isIntact, seal, withLock } from './cache.mjs'

/** @type {string} */
let folder

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'parley-cache-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('keeps the cache below an absolute XDG_CACHE_HOME', () => {
  expect(cacheRoot({ XDG_CACHE_HOME: '/somewhere' })).toBe('/somewhere/parley/electron')
})

it('ignores a relative XDG_CACHE_HOME', () => {
  expect(cacheRoot({ XDG_CACHE_HOME: 'here' })).toBe(path.join(os.homedir(), '.cache/parley/electron'))
})

it('finds a sealed folder intact', async () => {
  await aRuntimeIn(folder)

  expect(await isIntact(folder)).toBe(true)
})

it('notices a file that a cleaner removed', async () => {
  await aRuntimeIn(folder)

  await rm(path.join(folder, 'locales/de.pak'))

  expect(await isIntact(folder)).toBe(false)
})

it('notices a file that was cut short', async () => {
  await aRuntimeIn(folder)

  await truncate(path.join(folder, 'electron'), 2)

  expect(await isIntact(folder)).toBe(false)
})

it('takes an unsealed folder for unfinished', async () => {
  expect(await isIntact(folder)).toBe(false)
})

it('counts the bytes of folders that exist', async () => {
  await writeFile(path.join(folder, 'a'), '12345')

  expect(await folderBytes([folder, path.join(folder, 'missing')])).toBe(5)
})

it('lets one piece of work in at a time', async () => {
  const lock = path.join(folder, 'lock')
  let inside = 0
  const work = async () => {
    inside += 1
    const most = inside
    await stat(folder)
    inside -= 1
    return most
  }

  expect(await Promise.all([withLock(lock, work), withLock(lock, work)])).toEqual([1, 1])
})

it('takes over a lock whose owner has gone silent', async () => {
  const lock = path.join(folder, 'lock')
  await mkdir(lock)
  await utimes(lock, new Date(0), new Date(0))

  expect(await withLock(lock, () => Promise.resolve('done'))).toBe('done')
})

it('gives the lock back when the work fails', async () => {
  const lock = path.join(folder, 'lock')

  await expect(withLock(lock, () => Promise.reject(new Error('no disk')))).rejects.toThrow('no disk')

  await expect(stat(lock)).rejects.toThrow('ENOENT')
})

/** @param {string} where */
async function aRuntimeIn(where) {
  await mkdir(path.join(where, 'locales'))
  await writeFile(path.join(where, 'electron'), 'binary')
  await writeFile(path.join(where, 'locales/de.pak'), 'words')
  await seal(where)
}
