import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findPolicy, policyPlaces } from './policy-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'policy-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

it('is the first one there is', () => {
  const [first, second, third] = ['a.json', 'b.json', 'c.json'].map((name) => path.join(folder, name))
  writeFileSync(String(second), '{"b":1}')
  writeFileSync(String(third), '{}')

  expect(findPolicy([String(first), String(second), String(third)])).toEqual({
    file: second,
    text: '{"b":1}',
  })
})

it('is none where there is none', () => {
  expect(findPolicy([path.join(folder, 'a.json')])).toBeNull()
})

it('is told apart from one that cannot be read', () => {
  mkdirSync(path.join(folder, 'policy.json'))

  expect(findPolicy([path.join(folder, 'policy.json')])).toEqual({
    file: path.join(folder, 'policy.json'),
    text: null,
  })
})

it('lies beside the resources, and on Linux first of all in /etc', () => {
  expect(policyPlaces('/opt/parley/resources', 'linux')).toEqual([
    '/etc/parley/policy.json',
    '/opt/parley/resources/policy.json',
  ])
  expect(policyPlaces('/Applications/Parley', 'darwin')).toEqual(['/Applications/Parley/policy.json'])
})
