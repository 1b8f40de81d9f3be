import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { expect, it } from 'vitest'
import { executableName, runtimeFromEnvironment } from './environment.mjs'
import { npmCommand, packedName } from './fetch-package.mjs'
import { isRecent } from './official.mjs'
import { pinned, runtimeKey } from './registry.mjs'
import { resolveElectronRuntime, runtimeEnv } from './resolve.mjs'
import { reason } from './run-watched.mjs'
import { placeOf } from './unpack.mjs'

const hourMs = 3_600_000

it('takes the runtime that the environment names', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'parley-runtime-'))
  await writeFile(path.join(folder, executableName('linux')), '')
  await writeFile(path.join(folder, 'version'), 'v45.4.1\n')

  const found = runtimeFromEnvironment({ ELECTRON_EXEC_PATH: path.join(folder, 'electron') })
  await rm(folder, { recursive: true })

  expect(found).toEqual({
    runtime: {
      source: 'environment',
      execPath: path.join(folder, 'electron'),
      distPath: folder,
      version: '45.4.1',
    },
  })
})

it('refuses a named runtime that does not exist instead of looking elsewhere', () => {
  expect(() => runtimeFromEnvironment({ ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' })).toThrow(
    'ELECTRON_OVERRIDE_DIST_PATH leads to /nowhere/',
  )
})

it('leaves the choice open where the environment is silent', () => {
  expect(runtimeFromEnvironment({})).toBeUndefined()
})

it('names the sources it knows when asked for another', async () => {
  await expect(resolveElectronRuntime({ source: 'moon' })).rejects.toThrow('auto, official or registry')
})

it('hands the runtime to every tool that looks for one', () => {
  const runtime = {
    source: /** @type {const} */ ('official'),
    execPath: '/e/electron',
    distPath: '/e',
    version: '1',
  }

  expect(runtimeEnv(runtime)).toEqual({
    ELECTRON_EXEC_PATH: '/e/electron',
    ELECTRON_OVERRIDE_DIST_PATH: '/e',
    ELECTRON_RUNTIME_VERSION: '1',
  })
})

it('names the cache after the release and everything that goes into it', () => {
  expect(runtimeKey()).toMatch(/^33\.2\.1-[0-9a-f]{12}$/)
})

it.each([
  ['Cypress/Cypress', 'electron'],
  ['Cypress/locales/de.pak', 'locales/de.pak'],
  ['Cypress/resources/app/index.js', undefined],
  ['Cypress/browser_v8_context_snapshot.bin', undefined],
  ['Cypress/locales/', undefined],
  ['elsewhere/file', undefined],
])('puts %s of the archive at %s', (fileName, place) => {
  expect(placeOf(fileName, pinned)).toBe(place)
})

it('refuses an archive that reaches out of its folder', () => {
  expect(() => placeOf('Cypress/../../etc/passwd', pinned)).toThrow('Unsafe path')
})

it('reads the file name that npm printed', () => {
  expect(packedName('[{"filename":"x-1.0.0.tgz"}]')).toBe('x-1.0.0.tgz')
})

it('starts npm the way it was started itself', () => {
  expect(npmCommand({ npm_execpath: '/lib/npm/bin/npm-cli.js' })).toEqual({
    command: process.execPath,
    leading: ['/lib/npm/bin/npm-cli.js'],
  })
})

it('does not start another package manager in place of npm', () => {
  expect(npmCommand({ npm_execpath: '/lib/yarn.js' })).toEqual({ command: 'npm', leading: [] })
})

it('picks the telling line out of what npm says', () => {
  const stderr =
    'npm warn config old\nnpm error code E404\nnpm error 404 Not Found - GET https://registry/x\n'

  expect(reason(stderr, 'npm')).toBe('404 Not Found - GET https://registry/x')
})

it('names the command that failed without a word', () => {
  expect(reason('\n', 'npm')).toBe('npm failed')
})

it.each([
  [1, true],
  [11, true],
  [13, false],
  [-1, false],
])('after %d hours remembers a failed download: %s', (hours, remembered) => {
  const failure = { reason: 'no route', at: 1_000 * hourMs }

  expect(isRecent(failure, failure.at + hours * hourMs)).toBe(remembered)
})
