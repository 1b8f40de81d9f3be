import { expect, it } from 'vitest'
import { checkLink } from './link-check.ts'

const open = (url: string, isConfirmed = false) => checkLink({ url, isConfirmed })

it.each(['https://alder.example/l/1?x=2', 'mailto:ana@alder.example'])('opens %s', (url) => {
  expect(open(url)).toBe(url)
})

it('opens a page without protection only once the agent confirmed it', () => {
  expect(() => open('http://alder.example/')).toThrow('not opened')
  expect(open('http://alder.example/', true)).toBe('http://alder.example/')
})

it.each([
  'javascript:alert(1)',
  'file:///etc/passwd',
  'https://ana:secret@alder.example/',
  'http://ana:secret@alder.example/',
  'mailto:ana@alder.example?subject=x',
  'https://alder.example/\u202egnp.exe',
  'smb://alder.example/share',
  'no address',
])('never opens %s, confirmed or not', (url) => {
  expect(() => open(url)).toThrow('not opened')
  expect(() => open(url, true)).toThrow('not opened')
})
