import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Simulator } from '#simulator/simulator.ts'
import { startSimulator } from '#simulator/simulator.ts'
import { type LocalProxy, startLocalProxy, startSocksProxy } from './testing/local-proxy.ts'
import { createPrivateAuthority } from './testing/private-authority.ts'
import { isLive, WiredChats } from './testing/wired-chats.ts'

/** No name service knows it: only a proxy can get there. */
const host = 'chat.parley.test'
const authority = createPrivateAuthority()
const certificate = authority.issue([host, '127.0.0.1'])
authority.dispose()

let simulator: Simulator
let chats: WiredChats | null = null
const proxies: LocalProxy[] = []

beforeEach(async () => {
  simulator = await startSimulator({ tls: certificate, host })
})

afterEach(async () => {
  await chats?.close()
  chats = null
  await Promise.all([simulator.close(), ...proxies.splice(0).map((proxy) => proxy.close())])
})

async function aProxy(start = startLocalProxy): Promise<LocalProxy> {
  const proxy = await start()
  proxies.push(proxy)
  proxy.names.set(host, portOf(simulator))
  return proxy
}

const portOf = ({ endpoint }: Simulator): number => Number(new URL(endpoint).port)

describe('a manual proxy', () => {
  it('carries calls, sockets and files, and is told names only', async () => {
    const proxy = await aProxy()
    chats = new WiredChats({
      endpoint: simulator.endpoint,
      client: {
        authorities: [{ pem: authority.certificate }],
        proxy: { mode: 'manual', url: `http://127.0.0.1:${proxy.port}`, bypass: [] },
      },
    })
    const contact = simulator.contact({ customerName: 'Ada' })
    const chat = await chats.open(contact.agent.participantToken)
    await chat.until(isLive)
    contact.say('Through the proxy')
    await chat.until((session) => session.entries().some((entry) => entry.kind === 'message'))

    expect(contact.sockets).toBe(1)
    expect(new Set(proxy.asked)).toEqual(new Set([`${host}:${portOf(simulator)}`]))
  })
})
