import { expect, it } from 'vitest'
import { choosePackages, installCommand, missingLibraries } from './debian.mjs'

const ldd = `	linux-vdso.so.1 (0x00007ffc)
	libnss3.so => not found
	libgtk-3.so.0 => /usr/lib/x86_64-linux-gnu/libgtk-3.so.0 (0x00007f)
	libasound.so.2 => not found
	libsmime3.so => not found
`

it('reads the missing libraries from ldd', () => {
  expect(missingLibraries(ldd)).toEqual(['libnss3.so', 'libasound.so.2', 'libsmime3.so'])
})

it('names each package once', () => {
  expect(choosePackages(missingLibraries(ldd), () => false)).toEqual(['libasound2', 'libnss3'])
})

it('takes the 64-bit time package where the release has one', () => {
  const isKnown = (/** @type {string} */ name) => name === 'libasound2t64'

  expect(choosePackages(['libasound.so.2', 'libnss3.so'], isKnown)).toEqual(['libasound2t64', 'libnss3'])
})

it('passes package names through', () => {
  expect(choosePackages(['xvfb'], () => false)).toEqual(['xvfb'])
})

it('gives a command that can be pasted', () => {
  expect(installCommand(['libnss3', 'xvfb'])).toBe(
    'sudo apt-get update && sudo apt-get install -y libnss3 xvfb',
  )
})
