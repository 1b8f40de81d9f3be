import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { download } from './participant/storage-download.ts'
import type { ClientSettings } from './platform/client-settings.ts'
import { type LocalProxy, startLocalProxy, startSocksProxy } from './testing/local-proxy.ts'
import { createPrivateAuthority } from './testing/private-authority.ts'
import { isLive } from './testing/wired-chats.ts'
import { proxiedHost, WiredService } from './testing/wired-service.ts'

const authority = createPrivateAuthority()
const certificate = authority.issue([proxiedHost, '127.0.0.1'])
authority.dispose()
const trusted: ClientSettings = { authorities: [{ pem: authority.certificate }] }

let service: WiredService
let folder: string

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'proxy-'))
  service = await WiredService.start({ tls: certificate, host: proxiedHost })
})

afterEach(async () => {
  await service.stop()
  rmSync(folder, { recursive: true })
})

function through(proxy: LocalProxy | number, scheme = 'http', bypass: string[] = []): ClientSettings {
  const port = typeof proxy === 'number' ? proxy : proxy.port
  return { ...trusted, proxy: { mode: 'manual', url: `${scheme}://127.0.0.1:${port}`, bypass } }
}

describe('a manual proxy', () => {
  it('carries calls, sockets and files both ways, and is told nothing but the name of the host', async () => {
    const proxy = await service.proxy()
    const chats = service.chats(through(proxy))
    const contact = service.simulator.contact({ customerName: 'Ada' })
    const { session, until } = await chats.open(contact.agent.participantToken)
    await until(isLive)
    writeFileSync(path.join(folder, 'note.txt'), 'x'.repeat(300_000))

    const { uploadId } = await session.uploads.stage(path.join(folder, 'note.txt'))
    await session.uploads.send([uploadId])
    await until((chat) => chat.uploads.list().some(({ state }) => state.phase === 'delivered'))
    const picture = contact.attach({ name: 'a.csv', contentType: 'text/csv', bytes: Buffer.from('a,b') })
    await until((chat) => chat.entries().filter(({ kind }) => kind === 'attachment').length === 2)
    const { url } = await session.attachment(picture.attachmentId)
    const way = { agents: chats.wiring.agents(chats.instance), endpoint: chats.instance.endpoint }
    const fetched = await text(download({ url: url.reveal(), maxBytes: 1000, ...way }))

    expect(contact.sockets).toBe(1)
    expect(fetched).toBe('a,b')
    expect(proxy.carried()).toBeGreaterThan(300_000)
    expect(new Set(proxy.asked)).toEqual(new Set([`${proxiedHost}:${service.port}`]))
  })

  it.each([
    ['http', () => startLocalProxy()],
    ['https', () => startLocalProxy(certificate)],
    ['socks4', startSocksProxy],
    ['socks5', startSocksProxy],
  ])('may be of the kind %s', async (scheme, start) => {
    const proxy = await service.proxy(start)
    const contact = service.simulator.contact({ customerName: 'Ada' })
    const chat = await service.chats(through(proxy, scheme)).open(contact.agent.participantToken)

    await chat.until(isLive)

    expect(proxy.asked).toContain(`${proxiedHost}:${service.port}`)
  })

  it('carries plain calls and sockets as well', async () => {
    const plain = await WiredService.start()
    const proxy = await plain.proxy()
    const contact = plain.simulator.contact({ customerName: 'Ada' })
    const chat = await plain
      .chats(through(proxy, 'http', ['<-loopback>']))
      .open(contact.agent.participantToken)
    await chat.until(isLive)
    await plain.stop()

    // One connection that is kept for calls, and the socket.
    expect(proxy.asked.length).toBeGreaterThanOrEqual(2)
    expect(new Set(proxy.asked)).toEqual(new Set([`127.0.0.1:${plain.port}`]))
  })

  it.each([
    { bypass: [], isAsked: false, why: 'this computer is an exception by itself' },
    { bypass: ['<-loopback>'], isAsked: true, why: 'unless that is taken back' },
    { bypass: ['<-loopback>', '127.0.0.0/8'], isAsked: false, why: 'an exception holds' },
    { bypass: ['<-loopback>', '*.example.com'], isAsked: true, why: 'an exception is about others' },
  ])('honours $bypass: $why', async ({ bypass, isAsked }) => {
    const proxy = await service.proxy()
    const chats = service.chats(through(proxy, 'http', bypass), {
      endpoint: `https://127.0.0.1:${service.port}`,
    })
    const contact = service.simulator.contact({ customerName: 'Ada' })

    expect(await chats.join(contact.agent.participantToken)).toBeNull()
    expect(proxy.asked.length > 0).toBe(isAsked)
  })
})

describe('a proxy in trouble', () => {
  it('is named when nothing answers there', async () => {
    const closed = await aClosedPort()

    expect(await service.chats(through(closed)).join()).toEqual({
      code: 'unreachable',
      message: `The proxy 127.0.0.1:${closed} cannot be reached (ECONNREFUSED). Check the network connection and the proxy settings.`,
    })
    expect(service.simulator.requests()).toEqual([])
  })

  it.each([
    [407, 'asks for a sign-in, which Parley cannot give. Ask your administrator to let Parley through.'],
    [403, 'refused the connection (403). Ask your administrator.'],
  ])('is named when it answers %i', async (status, sentence) => {
    const proxy = await service.proxy()
    proxy.refuseWith = status

    const failure = await service.chats(through(proxy)).join()

    expect(failure).toEqual({ code: 'unreachable', message: `The proxy 127.0.0.1:${proxy.port} ${sentence}` })
  })

  it('is given up when it never answers', async () => {
    const proxy = await service.proxy()
    proxy.isSilent = true

    const failure = await service.chats({ ...through(proxy), connectionTimeout: 1000 }).join()

    expect(failure).toEqual({
      code: 'timed-out',
      message: `The proxy 127.0.0.1:${proxy.port} did not answer in time. Check the network connection and the proxy settings.`,
    })
    expect(proxy.asked).toHaveLength(1)
  })

  it('is named when it speaks something else', async () => {
    const stranger = createServer((wire) => wire.end('SSH-2.0-stranger\r\n\r\n')).listen(0, '127.0.0.1')
    await new Promise((resolve) => stranger.on('listening', resolve))
    const { port } = stranger.address() as AddressInfo

    const failure = await service.chats(through(port)).join()
    stranger.close()

    expect(failure?.message).toBe(
      `The proxy 127.0.0.1:${port} does not answer like a proxy of this kind, or refused. Check the proxy settings.`,
    )
  })
})

describe('a proxy chosen by the computer or a script', () => {
  it.each([{ mode: 'system' } as const, { mode: 'pac', url: 'https://pac.parley.test/proxy.pac' } as const])(
    'is tried in the order of the answer, for $mode',
    async (choice) => {
      const proxy = await service.proxy()
      const answer = `PROXY 127.0.0.1:${await aClosedPort()}; PROXY 127.0.0.1:${proxy.port}; DIRECT`
      const questions: string[] = []
      const resolve = (origin: string) => {
        questions.push(origin)
        return Promise.resolve(answer)
      }
      const byScript = (url: string) =>
        url === 'https://pac.parley.test/proxy.pac' ? resolve : refuseToResolve
      const proxies =
        choice.mode === 'system'
          ? { system: resolve, byScript: () => refuseToResolve }
          : { system: refuseToResolve, byScript }
      const contact = service.simulator.contact({ customerName: 'Ada' })
      const chat = await service
        .chats({ ...trusted, proxy: choice }, { proxies })
        .open(contact.agent.participantToken)

      await chat.until(isLive)

      expect(proxy.asked).toContain(`${proxiedHost}:${service.port}`)
      // Paths of socket and file addresses hold secrets: a script sees the host alone.
      expect(new Set(questions)).toEqual(new Set([`https://${proxiedHost}:${service.port}`]))
    },
  )

  it('is obeyed when it says no, although there would be another way', async () => {
    const proxy = await service.proxy()
    proxy.refuseWith = 403
    const answer = `PROXY 127.0.0.1:${proxy.port}; DIRECT`
    const proxies = { system: () => Promise.resolve(answer), byScript: () => refuseToResolve }
    const endpoint = `https://127.0.0.1:${service.port}`

    const failure = await service.chats(trusted, { proxies, endpoint }).join()

    expect(failure?.message).toContain('refused the connection (403)')
    expect(service.simulator.requests()).toEqual([])
  })

  it('makes way for the next one when it is silent, and comes last for a while', async () => {
    const [silent, good] = [await service.proxy(), await service.proxy()]
    silent.isSilent = true
    const answer = `PROXY 127.0.0.1:${silent.port}; PROXY 127.0.0.1:${good.port}`
    const proxies = { system: () => Promise.resolve(answer), byScript: () => refuseToResolve }
    const chats = service.chats({ ...trusted, connectionTimeout: 3000 }, { proxies })
    const { agent } = service.simulator.contact({ customerName: 'Ada' })

    const failures = [await chats.join(agent.participantToken), await chats.join(agent.participantToken)]

    expect(failures).toEqual([null, null])
    expect(silent.asked).toHaveLength(1)
  })

  it.each([
    ['the kind of proxy is unknown', 'QUIC 127.0.0.1:1'],
    ['the script cannot be fetched', ''],
  ])('lets nothing out directly where %s', async (_why, answer) => {
    const proxies = { system: () => Promise.resolve(answer), byScript: () => refuseToResolve }
    const endpoint = `https://127.0.0.1:${service.port}`

    const failure = await service.chats(trusted, { proxies, endpoint }).join()

    expect(failure).toEqual({
      code: 'unreachable',
      message: 'The proxy settings or their script named no proxy that can be used. Check them.',
    })
    expect(service.simulator.requests()).toEqual([])
  })

  it('is not asked for where the setting says none', async () => {
    const endpoint = `https://127.0.0.1:${service.port}`
    const proxies = { system: refuseToResolve, byScript: () => refuseToResolve }
    const contact = service.simulator.contact({ customerName: 'Ada' })
    const chats = service.chats({ ...trusted, proxy: { mode: 'none' } }, { proxies, endpoint })

    expect(await chats.join(contact.agent.participantToken)).toBeNull()
  })
})

const refuseToResolve = (origin: string): Promise<string> =>
  Promise.reject(new Error(`Nobody should ask about ${origin}.`))

async function aClosedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.on('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
