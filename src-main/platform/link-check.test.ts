import { expect, it } from 'vitest'
import { checkLink } from './link-check.ts'

const open = (url: string, isConfirmed = false, text = '') => checkLink({ url, text, isConfirmed })

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

it.each([
  'mailto:--attach=/etc/passwd@alder.example',
  'mailto:-a@alder.example',
  'mailto:%2D%2Dattach%3D%2Fetc%2Fpasswd@alder.example',
  'mailto:ana%0Abcc:x@alder.example',
  'mailto:ana@alder.example?attach=/etc/passwd',
  'mailto:ana@alder.example?body=x&cc=y',
  'mailto:ana@alder.example#x',
  'mailto:ana@alder.example,eve@evil.example',
  'mailto:"ana --attach /etc/passwd"@alder.example',
  'mailto:ana smith@alder.example',
  'mailto:ana@--attach.example',
  'mailto:ana@localhost',
  'mailto:@alder.example',
  'mailto:',
])('[K8] never hands %s to a mail program', (url) => {
  expect(() => open(url, true)).toThrow('not opened')
})

it.each(['mailto:a@alder.example', 'mailto:ana.maria+orders_1@mail.alder.example'])(
  '[K8] opens %s',
  (url) => {
    expect(open(url)).toBe(url)
  },
)

it('[K8] opens what says one thing and leads elsewhere only once the agent has seen both', () => {
  const url = 'https://evil.example/login'

  expect(() => open(url, false, 'https://bank.example/login')).toThrow('not opened')
  expect(open(url, true, 'https://bank.example/login')).toBe(url)
  expect(open(url, false, 'the login')).toBe(url)
  expect(() => open('https://b\u0430nk.example/')).toThrow('not opened')
  expect(open('https://b\u0430nk.example/', true)).toBe('https://xn--bnk-6cd.example/')
})
