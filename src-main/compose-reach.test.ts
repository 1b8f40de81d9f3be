import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultSpec } from '#simulator/faults/faults.ts'
import { reach, type Reach } from './compose-reach.ts'
import { completeClient } from './inbox/instance-client.ts'
import { tokenInstance } from './inbox/instances.ts'
import type { ClientSettings } from './platform/client-settings.ts'
import { systemClock } from './platform/system-clock.ts'
import { createPrivateAuthority } from './testing/private-authority.ts'
import { proxiedHost, WiredService } from './testing/wired-service.ts'

const authority = createPrivateAuthority()
const certificate = authority.issue(['127.0.0.1'])
let service: WiredService

beforeEach(async () => {
  service = await WiredService.start()
})

afterEach(() => service.stop())

afterAll(() => authority.dispose())

const proxies = {
  system: () => Promise.resolve('DIRECT'),
  byScript: () => () => Promise.resolve('DIRECT'),
}

let socketOrigin: string | null = null
afterEach(() => {
  socketOrigin = null
})

function reachWith(
  client: ClientSettings,
  endpoint: string | null = service.simulator.endpoint,
): Promise<Reach> {
  const instance = tokenInstance('us-west-2', endpoint)
  return reach(instance, completeClient([client]), {
    clock: systemClock,
    proxies,
    systemAuthorities: () => ({ certificates: [], wereRead: true }),
    socketOrigin: () => socketOrigin,
  })
}

const through = (port: number): ClientSettings => ({
  proxy: { mode: 'manual', url: `http://127.0.0.1:${port}`, bypass: ['<-loopback>'] },
})

async function aPage(answer: { status: number; type: string; body: string }): Promise<Server> {
  const server = createServer((_request, response) => {
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

const addressOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const socketOf = async (found: Promise<Reach>) => {
  const reach = await found
  return 'socket' in reach ? reach.socket : null
}
const reached = {
  milliseconds: expect.any(Number) as number,
  socket: {
    isOpen: true,
    sentence: expect.stringMatching(/^Live connections to .* get through\.$/) as string,
  },
}

describe('the service is reached', () => {
  it("with its refusal of nobody's token", async () => {
    expect(await reachWith({})).toEqual(reached)
    expect(service.simulator.requests()).toMatchObject([
      { operation: 'CreateParticipantConnection', status: 403 },
      { operation: 'WebSocket', status: 403 },
    ])
  })

  it('through the proxy that is set, by a name only the proxy knows', async () => {
    const proxy = await service.proxy()

    const found = await reachWith(through(proxy.port), `http://${proxiedHost}`)

    expect(found).toMatchObject({ milliseconds: reached.milliseconds })
    expect(proxy.asked).toEqual([`${proxiedHost}:80`])
  })

  it('with the certificates that are set', async () => {
    const secure = await WiredService.start({ tls: certificate })
    const authorities = [{ pem: authority.certificate }]

    const found = await reachWith({ authorities }, secure.simulator.endpoint)
    await secure.stop()

    expect(found).toEqual(reached)
  })
})

describe('[A1] the live connection', () => {
  it('is tried on the way of the calls, and gets through', async () => {
    const proxy = await service.proxy()

    const found = await socketOf(reachWith(through(proxy.port)))

    const { host } = new URL(service.simulator.endpoint)
    expect(found).toEqual({ isOpen: true, sentence: `Live connections to ${host} get through.` })
    expect(new Set(proxy.asked)).toEqual(new Set([host]))
    expect(service.simulator.requests({ operation: 'WebSocket' })).toMatchObject([{ status: 403 }])
  })

  it.each<{ fault: FaultSpec; why: RegExp }>([
    { fault: { kind: 'refuse-connections', operation: 'WebSocket' }, why: /it was cut off/ },
    { fault: { kind: 'hang', operation: 'WebSocket' }, why: /no answer in time/ },
    { fault: { kind: 'http-error', operation: 'WebSocket', status: 503 }, why: /answered with 503/ },
    { fault: { kind: 'http-error', operation: 'WebSocket', status: 302 }, why: /answered with 302/ },
    { fault: { kind: 'gateway', operation: 'WebSocket', status: 403 }, why: /answered with 403/ },
    { fault: { kind: 'gateway', operation: 'WebSocket', status: 200 }, why: /answered with 200/ },
  ])('is told to be blocked while calls work: $fault.kind $fault.status', async ({ fault, why }) => {
    service.simulator.faults.add(fault)

    const found = await socketOf(reachWith({ connectionTimeout: 300 }))
    service.simulator.faults.clear()

    expect(found?.isOpen).toBe(false)
    expect(found?.sentence).toMatch(/do not get through .* messages come with a delay/)
    expect(found?.sentence).toContain(new URL(service.simulator.endpoint).host)
    expect(found?.sentence).toMatch(why)
  })

  it('is tried where the chats had theirs', async () => {
    socketOrigin = 'ws://127.0.0.1:9'

    expect(await socketOf(reachWith({}))).toEqual({
      isOpen: false,
      sentence:
        'Live connections to 127.0.0.1:9 do not get through (nothing answers there). Chats go on without: messages come with a delay of a few seconds.',
    })
  })
})

describe('the service is not reached', () => {
  async function sentence(client: ClientSettings, endpoint?: string | null): Promise<string> {
    const found = await reachWith(client, endpoint)
    return 'failure' in found ? found.failure.message : 'reached'
  }

  it('where nothing answers', async () => {
    expect(await sentence({}, 'http://127.0.0.1:9')).toMatch(/nothing answers there/)
  })

  it('where the name is not known', async () => {
    expect(await sentence({}, 'https://chat.parley.invalid')).toMatch(/was not found|could not be looked up/)
  })

  it('where the certificate is not trusted', async () => {
    const secure = await WiredService.start({ tls: certificate })
    const said = await sentence({}, secure.simulator.endpoint)
    await secure.stop()

    expect(said).toMatch(/did not prove who it is/)
  })

  it.each([403, 407])('where the proxy refuses with %i', async (status) => {
    const proxy = await service.proxy()
    proxy.refuseWith = status

    expect(await sentence(through(proxy.port))).toMatch(
      /^The proxy .* (refused the connection|asks for a sign-in)/,
    )
  })

  it('where the proxy is not there', async () => {
    expect(await sentence(through(9))).toMatch(/^The proxy 127\.0\.0\.1:9 cannot be reached/)
  })

  it('in the time that is set', async () => {
    service.simulator.faults.add({ kind: 'hang' })

    expect(await sentence({ requestTimeout: 300 })).toMatch(/did not answer in time/)
  })

  it.each([
    { status: 403, type: 'text/html', body: '<html>Sign in</html>' },
    { status: 200, type: 'text/html', body: '<html>Sign in</html>' },
    { status: 404, type: 'application/json', body: '{"message":"no such page"}' },
    { status: 200, type: 'application/json', body: '{}' },
  ])('by $status $type, which somebody else says', async (answer) => {
    const page = await aPage(answer)
    const said = await sentence({}, addressOf(page))
    page.close()

    expect(said).toMatch(/not (from )?the chat service/)
  })

  it.each(['html-503', 'http-error'] as const)('while it is ill: %s', async (kind) => {
    service.simulator.faults.add({ kind, status: 503 })

    expect(await sentence({})).toMatch(/answered, but with a problem \(503\)/)
  })

  it('with FIPS beside an endpoint, in the sentence every call would fail with', async () => {
    expect(await sentence({ fips: true })).toMatch(/cannot be combined with the FIPS or dual-stack setting/)
    expect(service.simulator.requests()).toEqual([])
  })
})
