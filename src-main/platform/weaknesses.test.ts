import { expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { shippedMajor, weaknessesOf } from './weaknesses.ts'

it.each([
  ['33.2.1', true, ['old-runtime']],
  ['45.4.1', false, ['no-sandbox']],
  ['33.2.1', false, ['old-runtime', 'no-sandbox']],
  ['45.0.0', true, []],
  ['46.1.0', true, []],
] as const)('[K14] Electron %s with sandbox: %s', (electron, hasSandbox, expected) => {
  expect(weaknessesOf(electron, hasSandbox)).toEqual(expected)
})

it('[K14] measures by the Electron that ships', () => {
  expect(manifest.devDependencies.electron.split('.')[0]).toBe(String(shippedMajor))
})
