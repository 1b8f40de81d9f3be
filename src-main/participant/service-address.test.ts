import { describe, expect, it } from 'vitest'
import { readServiceAddress } from './service-address.ts'

const amazon = null
const here = 'http://127.0.0.1:4000'
const inside = 'https://10.1.2.3/connect'

const isFollowed = (address: string, endpoint: string | null) =>
  readServiceAddress(address, endpoint) !== null

describe('[K12] an address that the service names', () => {
  it.each([
    ['https://bucket.s3.us-west-2.amazonaws.com/a?X-Amz-Signature=b', amazon],
    ['wss://x.transport.connect.us-west-2.amazonaws.com/chat', amazon],
    ['https://files.corp.example/a', 'https://connect.corp.example'],
    ['http://127.0.0.1:4001/storage', here],
    ['ws://localhost:4000/socket', here],
    ['http://[::1]:9/a', here],
    ['https://bucket.s3.us-west-2.amazonaws.com/a', here],
    ['https://10.9.9.9/a', inside],
    ['https://1.2.3.4/a', amazon],
  ])('is followed: %s for an instance at %s', (address, endpoint) => {
    expect(isFollowed(address, endpoint)).toBe(true)
  })

  it.each([
    ['https://eva:secret@bucket.s3.amazonaws.com/a', amazon],
    ['https://eva@127.0.0.1/a', here],
    ['http://bucket.s3.amazonaws.com/a', amazon],
    ['http://192.168.0.1/a', here],
    ['nonsense', amazon],
  ])('is not followed: %s for an instance at %s', (address, endpoint) => {
    expect(isFollowed(address, endpoint)).toBe(false)
  })

  it.each([
    'https://localhost/a',
    'https://localhost./a',
    'https://parley.localhost/a',
    'https://127.0.0.1/a',
    'https://127.9.9.9/a',
    'https://2130706433/a',
    'https://0x7f.1/a',
    'https://0/a',
    'https://[::1]/a',
    'https://[::]/a',
    'https://[::ffff:127.0.0.1]/a',
    'https://[::ffff:a00:1]/a',
    'https://[64:ff9b::10.0.0.1]/a',
    'https://10.0.0.1/a',
    'https://172.16.0.1/a',
    'https://192.168.1.1/a',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/a',
    'https://[fe80::1]/a',
    'https://[fd00::1]/a',
    'https://printer.local/a',
    'http://127.0.0.1/a',
    'ws://127.0.0.1/a',
  ])('does not lead from an instance elsewhere to this computer or its network: %s', (address) => {
    expect(isFollowed(address, amazon)).toBe(false)
    expect(isFollowed(address, 'https://connect.corp.example')).toBe(false)
  })

  it('leads no closer than the instance lies', () => {
    expect(isFollowed('https://127.0.0.1/a', inside)).toBe(false)
    expect(isFollowed('https://10.1.2.4/a', here)).toBe(false)
  })
})
