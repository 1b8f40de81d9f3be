import { expect, it } from 'vitest'
import { ClientSettings } from './client-settings.ts'

const pem = '-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----'

it.each([
  [{}],
  [{ proxy: { mode: 'pac', url: 'https://proxy.test/proxy.pac' } }],
  [{ proxy: { mode: 'manual', url: 'socks5://[::1]:1080', bypass: ['<local>'] } }],
  [{ authorities: [{ pem }, { file: '/etc/ssl/company.pem' }] }],
  [{ rates: { message: { rate: 0.5, burst: 1 } } }],
  [
    {
      fips: true,
      dualStack: true,
      connectionTimeout: 100,
      requestTimeout: 100,
      attempts: 1,
      backoffBase: 10,
      backoffCap: 10,
      logRequests: true,
      correctClockSkew: false,
      validateStrictly: false,
      messageCharacters: 16_384,
      fileBytes: 1,
      filesPerChat: 0,
    },
  ],
])('takes %j as it is', (settings) => {
  expect(ClientSettings.parse(settings)).toEqual(settings)
})

it.each([
  ['an unknown name', { fipps: true }],
  ['a mode nobody knows', { proxy: { mode: 'auto' } }],
  ['a script from a file', { proxy: { mode: 'pac', url: 'file:///proxy.pac' } }],
  ['a proxy without a scheme', { proxy: { mode: 'manual', url: 'proxy.test:3128' } }],
  ['a password in the clear', { proxy: { mode: 'manual', url: 'http://me:secret@proxy.test:3128' } }],
  ['a proxy that is a path', { proxy: { mode: 'manual', url: 'http://proxy.test/a' } }],
  ['an address where none belongs', { proxy: { mode: 'none', url: 'http://proxy.test' } }],
  ['a key instead of a certificate', { authorities: [{ pem: '-----BEGIN PRIVATE KEY-----' }] }],
  ['half a path', { authorities: [{ file: 'company.pem' }] }],
  ['no attempt', { attempts: 0 }],
  ['no time at all', { requestTimeout: 0 }],
  ['a rate of nothing', { rates: { message: { rate: 0, burst: 1 } } }],
  ['a rate of something unknown', { rates: { letters: { rate: 1, burst: 1 } } }],
  ['words for a number', { messageCharacters: '1024' }],
])('refuses %s', (_what, settings) => {
  expect(ClientSettings.safeParse(settings).success).toBe(false)
})
