import { describe, expect, it } from 'vitest'
import { surroundings } from './compose-surroundings.ts'
import { readPolicy } from './inbox/policy.ts'
import type { Host } from './platform/host.ts'

const host = { version: '1.0.0' } as Host
const typed = { practice: null, endpoint: 'https://evil.example', region: 'eu-west-1' }
const nothing = { practice: null, endpoint: '', region: '' }

function begin(defaults: object, commandLine: typeof typed | typeof nothing) {
  const { policy } = readPolicy({ file: 'policy.json', text: JSON.stringify({ defaults }) })
  const { defaultRegion: region, defaultEndpoint: endpoint } = surroundings(host, commandLine, policy)
  return { region, endpoint }
}

describe('[K16] the default instance', () => {
  it.each([
    [
      'region and endpoint',
      { region: 'eu-central-1', endpoint: 'https://own.example' },
      { region: 'eu-central-1', endpoint: 'https://own.example' },
    ],
    ['a region', { region: 'eu-central-1' }, { region: 'eu-central-1', endpoint: '' }],
    ["the region's own endpoint", { endpoint: null }, { region: 'eu-west-1', endpoint: '' }],
    [
      'an endpoint',
      { endpoint: 'https://own.example' },
      { region: 'eu-west-1', endpoint: 'https://own.example' },
    ],
  ])('is what the administrator says of %s, whatever the command line does', (_what, defaults, expected) => {
    expect(begin(defaults, typed)).toEqual(expected)
  })

  it('is what the command line says where nobody manages it', () => {
    expect(begin({}, typed)).toEqual({ region: 'eu-west-1', endpoint: 'https://evil.example' })
    expect(begin({ attempts: 2 }, typed)).toEqual({ region: 'eu-west-1', endpoint: 'https://evil.example' })
    expect(begin({}, nothing)).toEqual({ region: 'us-east-1', endpoint: '' })
  })
})
