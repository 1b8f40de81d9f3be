import { expect, it } from 'vitest'
import { parseRoutes, routeTo } from './proxy-routes.ts'

it.each([
  ['DIRECT', [{ kind: 'direct' }]],
  ['PROXY proxy.test:3128', [{ kind: 'http', host: 'proxy.test', port: 3128 }]],
  ['proxy proxy.test', [{ kind: 'http', host: 'proxy.test', port: 80 }]],
  ['HTTPS proxy.test:443', [{ kind: 'https', host: 'proxy.test', port: 443 }]],
  ['SOCKS proxy.test:1080', [{ kind: 'socks4', host: 'proxy.test', port: 1080 }]],
  ['SOCKS5 [fd12::1]:1081', [{ kind: 'socks5', host: 'fd12::1', port: 1081 }]],
  [
    'PROXY a:1; SOCKS5 b:2 ;DIRECT',
    [{ kind: 'http', host: 'a', port: 1 }, { kind: 'socks5', host: 'b', port: 2 }, { kind: 'direct' }],
  ],
  ['QUIC a:1', []],
  ['PROXY', []],
  ['', []],
])('reads %j', (answer, routes) => {
  expect(parseRoutes(answer)).toEqual(routes)
})

it.each([
  ['http://proxy.test:3128', 'PROXY proxy.test:3128'],
  ['http://proxy.test', 'PROXY proxy.test'],
  ['https://proxy.test', 'HTTPS proxy.test'],
  ['socks4://proxy.test:1080', 'SOCKS proxy.test:1080'],
  ['socks5://[fd12::1]:1080', 'SOCKS5 [fd12::1]:1080'],
])('names %s as a browser does', (url, name) => {
  expect(routeTo(url)).toBe(name)
})
