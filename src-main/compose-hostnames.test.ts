import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LocalProxy, startLocalProxy } from './testing/local-proxy.ts'
import { WiredChats } from './testing/wired-chats.ts'

let proxy: LocalProxy

beforeAll(async () => {
  proxy = await startLocalProxy()
})

afterAll(() => proxy.close())

// What the SDK's own rules make of the settings, as it goes to the wire: the proxy is asked for the host.
it.each([
  ['us-east-1', false, false, 'participant.connect.us-east-1.amazonaws.com'],
  ['eu-central-1', false, false, 'participant.connect.eu-central-1.amazonaws.com'],
  ['us-east-1', true, false, 'participant.connect-fips.us-east-1.amazonaws.com'],
  ['us-east-1', false, true, 'participant.connect.us-east-1.api.aws'],
  ['us-east-1', true, true, 'participant.connect-fips.us-east-1.api.aws'],
  ['us-gov-west-1', false, false, 'participant.connect.us-gov-west-1.amazonaws.com'],
  ['us-gov-west-1', true, false, 'participant.connect.us-gov-west-1.amazonaws.com'],
  ['us-gov-east-1', true, false, 'participant.connect.us-gov-east-1.amazonaws.com'],
  ['cn-north-1', false, false, 'participant.connect.cn-north-1.amazonaws.com.cn'],
  ['cn-north-1', false, true, 'participant.connect.cn-north-1.api.amazonwebservices.com.cn'],
  ['us-iso-east-1', false, false, 'participant.connect.us-iso-east-1.c2s.ic.gov'],
  ['us-isob-east-1', false, false, 'participant.connect.us-isob-east-1.sc2s.sgov.gov'],
  ['eusc-de-east-1', false, false, 'participant.connect.eusc-de-east-1.amazonaws.eu'],
])('%s with FIPS %s and dual-stack %s is reached at its own host', async (...row) => {
  const [region, fips, dualStack, host] = row
  const url = `http://127.0.0.1:${proxy.port}`
  const client = { fips, dualStack, proxy: { mode: 'manual', url, bypass: [] } } as const

  const failure = await new WiredChats({ endpoint: null, region, client }).join()

  expect(proxy.asked.at(-1)).toBe(`${host}:443`)
  expect(failure?.message).toContain('refused the connection (502)')
})

it.each([{ fips: true }, { dualStack: true }])(
  '%o is not quietly dropped for an endpoint',
  async (client) => {
    const failure = await new WiredChats({ endpoint: 'https://chat.example.com', client }).join()

    expect(failure).toEqual({
      code: 'bad-endpoint',
      message:
        'The endpoint chat.example.com cannot be combined with the FIPS or dual-stack setting. Ask your administrator.',
    })
  },
)
