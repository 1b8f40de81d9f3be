import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isBuilt } from './build.mjs'
import { isInstalled } from './install.mjs'
import { requireNode } from './node-version.mjs'

/** @type {string} */
let folder

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'parley-setup-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('finds the packages of the lockfile installed', () => {
  expect(isInstalled(aLock({ vue: '3.5.45' }), aLock({ vue: '3.5.45' }))).toBe(true)
})

it('installs on a fresh clone', () => {
  expect(isInstalled(undefined, aLock({ vue: '3.5.45' }))).toBe(false)
})

it('installs again when the lockfile has moved on', () => {
  expect(isInstalled(aLock({ vue: '3.5.44' }), aLock({ vue: '3.5.45' }))).toBe(false)
  expect(isInstalled(aLock({ vue: '3.5.45' }), aLock({ vue: '3.5.45', pinia: '4.1.0' }))).toBe(false)
})

it('does not miss a package made for another platform', () => {
  const wanted = { packages: { 'node_modules/fsevents': { version: '2.3.3', optional: true } } }

  expect(isInstalled({ packages: {} }, wanted)).toBe(true)
})

it('builds when nothing is built', async () => {
  expect(await isBuilt(folder)).toBe(false)
})

it('keeps a build that is newer than the sources', async () => {
  await aBuildIn(folder)

  expect(await isBuilt(folder)).toBe(true)
})

it('builds again after a change', async () => {
  await aBuildIn(folder)

  await writeFile(path.join(folder, 'src-main/chat/link.ts'), 'changed')

  expect(await isBuilt(folder)).toBe(false)
})

it('builds again after a source was removed', async () => {
  await aBuildIn(folder)

  await rm(path.join(folder, 'src-main/chat/link.ts'))

  expect(await isBuilt(folder)).toBe(false)
})

it('says which Node it needs', () => {
  expect(() => requireNode('18.20.0')).toThrow('This is Node 18.20.0.')
  expect(() => requireNode('20.18.9')).toThrow('20.19 or newer')
})

it('accepts every newer Node', () => {
  expect(() => requireNode('20.19.0')).not.toThrow()
  expect(() => requireNode('22.1.0')).not.toThrow()
})

/** @param {Record<string, string>} versions */
function aLock(versions) {
  const places = Object.entries(versions).map(([name, version]) => [`node_modules/${name}`, { version }])
  return { packages: { '': {}, ...Object.fromEntries(places) } }
}

/** Sources from an hour ago and a build from a minute ago. @param {string} where */
async function aBuildIn(where) {
  const built = ['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html']
  for (const name of [...built, 'src-main/chat/link.ts']) {
    await mkdir(path.dirname(path.join(where, name)), { recursive: true })
    await writeFile(path.join(where, name), '')
  }
  for (const name of ['src-main/chat/link.ts', 'src-main/chat', 'src-main'])
    await age(path.join(where, name), 60)
  for (const name of built) await age(path.join(where, name), 1)
}

/** @param {string} file @param {number} minutes */
async function age(file, minutes) {
  const then = new Date(Date.now() - minutes * 60_000)
  await utimes(file, then, then)
}
