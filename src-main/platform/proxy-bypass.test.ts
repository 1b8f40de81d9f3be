import { expect, it } from 'vitest'
import { createBypass } from './proxy-bypass.ts'

const goesAround = (rules: readonly string[], url: string) => createBypass(rules)(new URL(url))

it.each([
  [['example.com'], 'https://example.com', true],
  [['example.com'], 'https://www.example.com', false],
  [['example.com'], 'https://example.com.evil.test', false],
  [['*.example.com'], 'https://www.example.com', true],
  [['*.example.com'], 'https://example.com', false],
  [['.example.com'], 'https://a.b.example.com', true],
  [['EXAMPLE.com'], 'https://example.com', true],
  [['exam*.com'], 'https://example.com', true],
  [['a.c'], 'https://abc', false],
  [['example.com:8443'], 'https://example.com:8443', true],
  [['example.com:8443'], 'https://example.com', false],
  [['example.com:443'], 'https://example.com', true],
  [['https://example.com'], 'https://example.com', true],
  [['http://example.com'], 'https://example.com', false],
  [['10.0.0.0/8'], 'https://10.1.2.3', true],
  [['10.0.0.0/8'], 'https://11.1.2.3', false],
  [['10.1.2.3'], 'https://10.1.2.3', true],
  [['fd00::/8'], 'https://[fd12::1]', true],
  [['[fd12::1]:8443'], 'https://[fd12::1]:8443', true],
  [['<local>'], 'https://intranet', true],
  [['<local>'], 'https://intranet.example.com', false],
  [['*'], 'https://anything.test', true],
  [[], 'https://example.com', false],
  [[], 'https://127.0.0.1', true],
  [[], 'https://localhost', true],
  [[], 'https://[::1]', true],
  [[], 'https://169.254.1.1', true],
  [['<-loopback>'], 'https://127.0.0.1', false],
  [['<-loopback>', '127.0.0.1'], 'https://127.0.0.1', true],
  [['10.0.0.0/99'], 'https://10.1.2.3', false],
])('with the exceptions %j, %s goes around the proxy: %s', (rules, url, expected) => {
  expect(goesAround(rules, url)).toBe(expected)
})
