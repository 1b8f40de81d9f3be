import { writeFileSync } from 'node:fs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { rootCertificates } from 'node:tls'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Authority } from './platform/client-settings.ts'
import { download } from './participant/storage-download.ts'
import { readSystemAuthorities } from './platform/system-authorities.ts'
import { startImpostor } from './testing/impostor.ts'
import { createPrivateAuthority } from './testing/private-authority.ts'
import { isLive } from './testing/wired-chats.ts'
import { WiredService } from './testing/wired-service.ts'

const authority = createPrivateAuthority()
const stranger = createPrivateAuthority()
const certificate = authority.issue(['127.0.0.1'])
const folder = mkdtempSync(path.join(tmpdir(), 'trust-'))
const file = path.join(folder, 'company.pem')
writeFileSync(file, `Company root\n${stranger.certificate}\n${authority.certificate}`)

let service: WiredService

beforeEach(async () => {
  service = await WiredService.start({ tls: certificate })
})

afterEach(() => service.stop())

afterAll(() => {
  authority.dispose()
  stranger.dispose()
  rmSync(folder, { recursive: true })
})

describe('a private authority', () => {
  it.each<[string, Authority]>([
    ['its text', { pem: authority.certificate }],
    ['a file among others', { file }],
  ])('is trusted from %s, for calls and sockets', async (_from, trusted) => {
    const contact = service.simulator.contact({ customerName: 'Ada' })
    const chat = await service.chats({ authorities: [trusted] }).open(contact.agent.participantToken)

    await chat.until(isLive)

    expect(contact.sockets).toBe(1)
  })

  it.each<[string, readonly Authority[]]>([
    ['nothing is set', []],
    ['another one is set', [{ pem: stranger.certificate }]],
  ])('is refused in a sentence about the certificate where %s', async (_where, authorities) => {
    const failure = await service.chats({ authorities }).join('canary-participant-token')

    expect(failure?.code).toBe('unreachable')
    expect(failure?.message).toMatch(
      /^127\.0\.0\.1 did not prove who it is \([A-Z_]+\)\. Ask your administrator about the certificate\.$/,
    )
    expect(service.simulator.requests()).toEqual([])
  })

  it('does not make up for a certificate of another host', async () => {
    const elsewhere = await WiredService.start({ tls: authority.issue(['other.parley.test']) })

    const failure = await elsewhere.chats({ authorities: [{ file }] }).join()
    await elsewhere.stop()

    expect(failure?.message).toContain('did not prove who it is (ERR_TLS_CERT_ALTNAME_INVALID)')
  })

  it.each<[string, Authority, string]>([
    [
      'that is missing',
      { file: '/nowhere/company.pem' },
      'The certificate file /nowhere/company.pem cannot be read.',
    ],
    [
      'without a certificate',
      { pem: '-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----' },
      'A certificate in the settings holds no certificate that can be read.',
    ],
  ])('%s fails every call with its name', async (_what, trusted, sentence) => {
    const failure = await service.chats({ authorities: [trusted] }).join()

    expect(failure).toEqual({ code: 'file-unreadable', message: `${sentence} Ask your administrator.` })
    expect(service.simulator.requests()).toEqual([])
  })
})

describe("[A2] the operating system's store", () => {
  const store = (...texts: readonly string[]): string => {
    const bundle = path.join(folder, `bundle-${texts.length}.crt`)
    writeFileSync(bundle, texts.join('\n'))
    return bundle
  }
  const from = (file: string) => () => readSystemAuthorities('linux', ['/nowhere/bundle.crt', file])

  it('is trusted on calls, sockets and storage alike', async () => {
    const contact = service.simulator.contact({ customerName: 'Ada' })
    // One of them is known anyway, and one is none.
    const nonsense = '-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----'
    const systemAuthorities = from(store(rootCertificates[0] ?? '', nonsense, authority.certificate))
    const chats = service.chats({}, { systemAuthorities })

    const chat = await chats.open(contact.agent.participantToken)
    await chat.until(isLive)
    const { attachmentId } = contact.attach({
      name: 'photo.txt',
      contentType: 'text/plain',
      bytes: Buffer.from('said'),
    })
    const { url } = await chat.session.attachment(attachmentId)
    const agents = chats.wiring.agents(chats.instance)
    const bytes = []
    for await (const piece of download({
      url: url.reveal(),
      maxBytes: 100,
      agents,
      endpoint: chats.instance.endpoint,
    }))
      bytes.push(piece)

    expect(contact.sockets).toBe(1)
    expect(new URL(url.reveal()).protocol).toBe('https:')
    expect(Buffer.concat(bytes).toString()).toBe('said')
  })

  it('does not make up for a certificate that it did not sign', async () => {
    const failure = await service.chats({}, { systemAuthorities: from(store(stranger.certificate)) }).join()

    expect(failure?.message).toMatch(/did not prove who it is .* about the certificate\.$/)
  })

  it('is said to be out of reach where it is, with what to set', async () => {
    for (const systemAuthorities of [from('/nowhere/else.crt'), () => readSystemAuthorities('aix', [])]) {
      const failure = await service.chats({}, { systemAuthorities }).join()

      expect(failure?.message).toMatch(/cannot be read here: add its authority under Extra certificates/)
    }
  })
})

describe('an impostor', () => {
  it('hears nothing: no token, no address, not even that somebody asks', async () => {
    const impostor = await startImpostor(stranger.issue(['127.0.0.1']))
    const endpoint = `https://127.0.0.1:${impostor.port}`
    const chats = service.chats({ authorities: [{ pem: authority.certificate }] }, { endpoint })

    const failure = await chats.join('canary-participant-token')
    const { https } = chats.wiring.agents(chats.instance)
    const socket = new WebSocket(`wss://127.0.0.1:${impostor.port}/?token=canary`, { agent: https })
    await new Promise((resolve) => socket.on('error', resolve))
    await impostor.close()

    expect(failure?.message).toContain('did not prove who it is')
    expect(impostor.connections()).toBe(2)
    expect(impostor.heard()).toBe('')
  })

  it('is heard by the test when it is trusted', async () => {
    const trusted = await startImpostor(certificate)
    const endpoint = `https://127.0.0.1:${trusted.port}`
    const client = { authorities: [{ pem: authority.certificate }], requestTimeout: 300 }

    await service.chats(client, { endpoint }).join('canary-participant-token')
    await trusted.close()

    expect(trusted.heard()).toContain('canary-participant-token')
  })
})
