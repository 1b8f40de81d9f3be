import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startImpostor } from './testing/impostor.ts'
import { type LocalProxy, startLocalProxy } from './testing/local-proxy.ts'
import { createPrivateAuthority } from './testing/private-authority.ts'
import { WiredChats } from './testing/wired-chats.ts'
import { WiredService } from './testing/wired-service.ts'
import { createWsSocketOpener } from './participant/ws-socket.ts'
import { download } from './participant/storage-download.ts'
import { putFile } from './participant/storage-transfer.ts'
import { Secret } from './vault/secret.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'environment-'))
const stranger = createPrivateAuthority()
let thief: Server
let thiefUrl: string
const stolen: string[] = []
let proxy: LocalProxy

beforeAll(async () => {
  thief = createServer((request, response) => {
    stolen.push(`${request.method} ${request.url}`)
    response.end('{}')
  })
  thief.on('connect', (request, wire) => {
    stolen.push(`CONNECT ${request.url}`)
    wire.end()
  })
  await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve))
  thiefUrl = `http://127.0.0.1:${(thief.address() as AddressInfo).port}`
  proxy = await startLocalProxy()
})

beforeEach(() => {
  stolen.length = 0
})

afterEach(() => {
  vi.unstubAllEnvs()
})

afterAll(async () => {
  stranger.dispose()
  rmSync(folder, { recursive: true })
  thief.closeAllConnections()
  await Promise.all([proxy.close(), new Promise((resolve) => thief.close(resolve))])
})

function written(name: string, text: string): string {
  const file = path.join(folder, name)
  writeFileSync(file, text)
  return file
}

/** A file that nobody ever writes to: who opens it to read stands still for ever. */
function aPipe(): string {
  const file = path.join(folder, 'pipe')
  execFileSync('mkfifo', [file])
  return file
}

type Environment = readonly [what: string, env: () => Readonly<Record<string, string>>]

const environments: readonly Environment[] = [
  ['AWS_ENDPOINT_URL', () => ({ AWS_ENDPOINT_URL: thiefUrl })],
  ['the endpoint of this service', () => ({ AWS_ENDPOINT_URL_CONNECTPARTICIPANT: thiefUrl })],
  [
    'endpoint_url of an AWS file',
    () => ({ AWS_CONFIG_FILE: written('plain', `[default]\nendpoint_url = ${thiefUrl}\n`) }),
  ],
  [
    'endpoint_url of a profile',
    () => ({
      AWS_CONFIG_FILE: written('profile', `[profile other]\nendpoint_url = ${thiefUrl}\n`),
      AWS_PROFILE: 'other',
    }),
  ],
  [
    'the services of an AWS file',
    () => ({
      AWS_CONFIG_FILE: written(
        'services',
        `[default]\nservices = all\n[services all]\nconnectparticipant =\n  endpoint_url = ${thiefUrl}\n`,
      ),
    }),
  ],
  [
    'endpoint_url of the file of credentials',
    () => ({ AWS_SHARED_CREDENTIALS_FILE: written('credentials', `[default]\nendpoint_url=${thiefUrl}\n`) }),
  ],
  [
    'a profile that does not exist and files that never end',
    () => {
      const pipe = aPipe()
      return { AWS_PROFILE: 'none', AWS_CONFIG_FILE: pipe, AWS_SHARED_CREDENTIALS_FILE: pipe }
    },
  ],
  ['AWS_REGION', () => ({ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' })],
  ['AWS_USE_FIPS_ENDPOINT', () => ({ AWS_USE_FIPS_ENDPOINT: 'true' })],
  ['AWS_USE_DUALSTACK_ENDPOINT', () => ({ AWS_USE_DUALSTACK_ENDPOINT: 'true' })],
  [
    'region, FIPS and dual stack of an AWS file',
    () => ({
      AWS_CONFIG_FILE: written(
        'switches',
        '[default]\nregion = eu-west-1\nuse_fips_endpoint = true\nuse_dualstack_endpoint = true\n',
      ),
    }),
  ],
  ['nonsense for every switch', () => ({ AWS_USE_FIPS_ENDPOINT: 'perhaps', AWS_MAX_ATTEMPTS: 'x' })],
  ['other ways of trying again', () => ({ AWS_RETRY_MODE: 'adaptive', AWS_MAX_ATTEMPTS: '9' })],
  ['other defaults', () => ({ AWS_DEFAULTS_MODE: 'mobile' })],
  ['signed requests', () => ({ AWS_AUTH_SCHEME_PREFERENCE: 'sigv4', AWS_SIGV4A_SIGNING_REGION_SET: '*' })],
  ['credentials', () => ({ AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'x', AWS_SESSION_TOKEN: 'y' })],
  [
    'credentials from elsewhere',
    () => ({ AWS_CONTAINER_CREDENTIALS_FULL_URI: thiefUrl, AWS_EC2_METADATA_SERVICE_ENDPOINT: thiefUrl }),
  ],
  [
    'proxies for programs that have no settings',
    () => ({ HTTP_PROXY: thiefUrl, HTTPS_PROXY: thiefUrl, ALL_PROXY: thiefUrl, NODE_USE_ENV_PROXY: '1' }),
  ],
]

describe('[K3] no variable and no AWS file moves a call:', () => {
  it.each(environments)('%s', async (_what, env) => {
    for (const [name, value] of Object.entries(env())) vi.stubEnv(name, value)
    const before = proxy.asked.length
    const url = `http://127.0.0.1:${proxy.port}`
    const client = { proxy: { mode: 'manual', url, bypass: [] } } as const

    await new WiredChats({ endpoint: null, region: 'us-west-2', client }).join('canary-participant-token')

    expect(proxy.asked.slice(before)).toEqual(['participant.connect.us-west-2.amazonaws.com:443'])
    expect(stolen).toEqual([])
  })

  it.each(environments)('nor one to an endpoint that is set: %s', async (_what, env) => {
    if (_what.includes('never end')) rmSync(path.join(folder, 'pipe'), { force: true })
    for (const [name, value] of Object.entries(env())) vi.stubEnv(name, value)
    const service = await WiredService.start()
    const contact = service.simulator.contact({ customerName: 'Ada' })

    const failure = await service.chats({}).join(contact.agent.participantToken)
    const calls = service.calls('CreateParticipantConnection')
    await service.stop()

    expect(failure).toBeNull()
    expect(calls).toBe(1)
    expect(stolen).toEqual([])
  })
})

const certificate = stranger.issue(['127.0.0.1'])

describe('[K4] a stranger hears nothing, whatever the environment says:', () => {
  it.each([
    ['NODE_TLS_REJECT_UNAUTHORIZED=0', () => ({ NODE_TLS_REJECT_UNAUTHORIZED: '0' })],
    ['AWS_CA_BUNDLE', () => ({ AWS_CA_BUNDLE: written('ca.pem', stranger.certificate) })],
    ['SSL_CERT_FILE', () => ({ SSL_CERT_FILE: written('ca.pem', stranger.certificate) })],
  ])('%s', async (_what, env) => {
    for (const [name, value] of Object.entries(env())) vi.stubEnv(name, value)
    const impostor = await startImpostor(certificate)
    const origin = `127.0.0.1:${impostor.port}`
    const chats = new WiredChats({ endpoint: `https://${origin}`, client: {} })
    const agents = chats.wiring.agents(chats.instance)
    const socketGone = new Promise((resolve) => {
      createWsSocketOpener(() => agents.https, chats.instance.endpoint)(
        new Secret(`wss://${origin}/?token=canary`),
        {
          open: () => resolve('open'),
          text: () => undefined,
          gone: resolve,
        },
      )
    })
    const ticket = {
      attachmentId: 'a',
      lifetime: null,
      url: new Secret(`https://${origin}/put`),
      headers: { 'x-canary': '1' },
    }
    const file = { bytes: 6, read: () => pieces(Buffer.from('canary')), progressed: () => undefined }

    const failure = await chats.join('canary-participant-token')
    const socket = await socketGone
    const upload = await putFile({ ticket, file, agents, endpoint: `https://${origin}` }).catch(
      (error: unknown) => error,
    )
    const fetched = await take(
      download({ url: `https://${origin}/get`, maxBytes: 10, agents, endpoint: `https://${origin}` }),
    ).catch((error: unknown) => error)
    await impostor.close()

    expect(failure?.message).toContain('did not prove who it is')
    expect(socket).not.toBe('open')
    expect(upload).toBeInstanceOf(Error)
    expect(fetched).toBeInstanceOf(Error)
    expect(impostor.connections()).toBe(4)
    expect(impostor.heard()).toBe('')
  })

  it('nor does a proxy under TLS that nobody knows', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    const impostor = await startImpostor(certificate)
    const url = `https://127.0.0.1:${impostor.port}`
    const client = { proxy: { mode: 'manual', url, bypass: [] } } as const

    await new WiredChats({ endpoint: 'https://chat.parley.test', client }).join('canary-participant-token')
    await impostor.close()

    expect(impostor.connections()).toBeGreaterThan(0)
    expect(impostor.heard()).toBe('')
  })
})

async function* pieces(...all: readonly Buffer[]): AsyncGenerator<Uint8Array> {
  yield* await Promise.resolve(all)
}

async function take(all: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0
  for await (const piece of all) bytes += piece.length
  return bytes
}
