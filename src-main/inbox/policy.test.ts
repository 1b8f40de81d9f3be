import { describe, expect, it } from 'vitest'
import { noPolicy, readPolicy } from './policy.ts'

const file = '/etc/parley/policy.json'
const read = (content: unknown) => readPolicy({ file, text: JSON.stringify(content) })

describe('a policy', () => {
  it('decides defaults and instances', () => {
    const { policy, notice } = read({
      defaults: { region: 'eu-west-2', proxy: { mode: 'none' } },
      instances: [{ instanceId: 'main', label: 'Main', region: 'EU-West-2 ', client: { fips: true } }],
    })

    expect(notice).toBeNull()
    expect(policy).toEqual({
      defaults: { region: 'eu-west-2', proxy: { mode: 'none' } },
      instances: [
        { instanceId: 'main', label: 'Main', region: 'eu-west-2', endpoint: null, client: { fips: true } },
      ],
    })
  })

  it('may leave everything out', () => {
    expect(read({})).toEqual({ policy: noPolicy, notice: null })
    expect(readPolicy(null)).toEqual({ policy: noPolicy, notice: null })
  })
})

it('[A3] that is in an encoding nobody reads says which one it is', () => {
  const { policy, notice } = readPolicy({
    file,
    text: null,
    reason: 'It is written in UTF-32; save it as UTF-8',
  })

  expect(policy).toEqual(noPolicy)
  expect(notice?.detail).toContain(`It is written in UTF-32; save it as UTF-8: ${file}`)
})

describe('a broken policy', () => {
  const main = { instanceId: 'main', label: 'Main', region: 'eu-west-2' }

  it.each<[string, string | null, string]>([
    ['is not JSON', '{', 'It is not JSON'],
    ['cannot be opened', null, 'It cannot be opened'],
    ['has an unknown name', '{"default":{}}', 'Unrecognized key: "default"'],
    [
      'has a value out of range',
      '{"defaults":{"attempts":0}}',
      'defaults.attempts: Too small: expected number to be >=1',
    ],
    [
      'has a region that is none',
      JSON.stringify({ instances: [{ ...main, region: 'London' }] }),
      "instances.0.region: The region is not one of Amazon's. It looks like us-west-2 or eu-central-1",
    ],
    [
      'has an endpoint in the clear',
      JSON.stringify({ instances: [{ ...main, endpoint: 'http://chat.example.com' }] }),
      'instances.0.endpoint: The endpoint is not encrypted. It begins with https://',
    ],
    [
      'has settings that exclude each other',
      JSON.stringify({
        instances: [{ ...main, endpoint: 'https://chat.example.com', client: { fips: true } }],
      }),
      'instances.0.endpoint: an endpoint cannot be combined with fips or dualStack',
    ],
  ])('that %s is not in force, and a notice says why', (_what, text, reason) => {
    expect(readPolicy({ file, text })).toEqual({
      policy: noPolicy,
      notice: {
        noticeId: 'policy',
        level: 'alert',
        title: 'The policy file of this computer is not in force.',
        detail: `${reason}: ${file}. Parley goes on with the usual settings. Tell your administrator.`,
      },
    })
  })
})
