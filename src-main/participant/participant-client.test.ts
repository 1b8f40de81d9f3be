import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../platform/system-clock.ts'
import { RecordingServer } from '../testing/recording-server.ts'
import { Secret } from '../vault/secret.ts'
import type { ClientOptions } from './client-options.ts'
import { defaultClientOptions } from './client-options.ts'
import { ParticipantClient } from './participant-client.ts'

let server: RecordingServer

beforeEach(async () => {
  server = await RecordingServer.start()
})

afterEach(() => server.close())

function aClient(change: Partial<ClientOptions> = {}): ParticipantClient {
  const agents = () => ({ http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent() })
  return new ParticipantClient(
    { ...defaultClientOptions, region: 'us-west-2', endpoint: server.url, agents, ...change },
    systemClock,
  )
}

const token = new Secret('connection-token')
const message = { contentType: 'text/plain', content: 'Hello', clientToken: 'client-token' }
const backward = { direction: 'BACKWARD', order: 'ASCENDING', maxResults: 100 } as const

/** A refusal that only the service can have written. */
const own = { 'x-amzn-requestid': 'request-1' }
const refusal = '{"Message":"no"}'

const answerJson = (body: unknown, headers: Record<string, string> = {}) =>
  server.answer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(body))
  })

describe('a call', () => {
  it('carries the bearer token and no signature', async () => {
    answerJson({ Id: 'item-1', AbsoluteTime: '2026-01-05T09:00:00.123Z' })

    const accepted = await aClient().sendMessage(token, message)

    expect(accepted).toEqual({ serviceId: 'item-1', at: Date.UTC(2026, 0, 5, 9, 0, 0, 123) })
    const [request] = server.requests
    expect(request).toMatchObject({ method: 'POST', path: '/participant/message' })
    expect(request?.headers).toMatchObject({ 'x-amz-bearer': 'connection-token' })
    expect(request?.headers).not.toHaveProperty('authorization')
    expect(JSON.parse(request?.body ?? '')).toEqual({
      Content: 'Hello',
      ContentType: 'text/plain',
      ClientToken: 'client-token',
    })
  })

  it('is tried once, so that its caller knows of every try', async () => {
    server.answer((_, response) => response.writeHead(500, own).end(refusal))

    await expect(aClient().sendMessage(token, message)).rejects.toMatchObject({ failure: { status: 500 } })

    expect(server.requests).toHaveLength(1)
  })

  it('ends in time when nobody answers', async () => {
    server.answer(() => undefined)

    const sent = aClient({ requestTimeout: 80, connectionTimeout: 50 }).sendMessage(token, message)

    await expect(sent).rejects.toMatchObject({ failure: { code: 'timed-out' } })
  })

  it('ends in time when the answer stops half-way', async () => {
    server.answer((_, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('{')
    })

    const sent = aClient({ requestTimeout: 80, connectionTimeout: 50 }).sendMessage(token, message)

    await expect(sent).rejects.toMatchObject({ failure: { code: 'timed-out' } })
  })

  it('can be given up', async () => {
    server.answer(() => undefined)
    const abort = new AbortController()

    const sent = aClient().sendMessage(token, message, { signal: abort.signal })
    abort.abort()

    await expect(sent).rejects.toMatchObject({ failure: { code: 'cancelled' } })
  })

  it('that is cut off says so', async () => {
    server.answer((_, response) => response.destroy())

    await expect(aClient().sendMessage(token, message)).rejects.toMatchObject({
      failure: { code: 'unreachable' },
    })
  })

  it('to nobody says so', async () => {
    server.close()

    await expect(aClient().sendMessage(token, message)).rejects.toMatchObject({
      failure: { code: 'unreachable' },
    })
  })

  it.each([
    [400, 'refused'],
    [402, 'quota'],
    [403, 'denied'],
    [404, 'not-found'],
    [409, 'conflict'],
    [429, 'throttled'],
    [500, 'service-unavailable'],
  ])('answered with %i and nothing else fails as %s', async (status, code) => {
    server.answer((_, response) => response.writeHead(status, own).end(refusal))

    await expect(aClient().sendMessage(token, message)).rejects.toMatchObject({ failure: { code, status } })
  })

  it('is refused by the name of the exception, whatever the status', async () => {
    const denied = { 'x-amzn-errortype': 'AccessDeniedException' }
    server.answer((_, response) => response.writeHead(400, denied).end('{"Message":"no"}'))

    await expect(aClient().sendMessage(token, message)).rejects.toMatchObject({
      kind: 'AccessDeniedException',
      failure: { code: 'denied', status: 400 },
    })
  })

  it('hears how long to wait', async () => {
    server.answer((_, response) => response.writeHead(429, { ...own, 'retry-after': '3' }).end(refusal))

    await expect(aClient().sendMessage(token, message)).rejects.toMatchObject({ retryAfter: 3000 })
  })

  it('without the id it should bring is in doubt, not done', async () => {
    answerJson({})

    await expect(aClient().sendMessage(token, message)).rejects.toMatchObject({
      failure: { code: 'service-unavailable' },
    })
  })
})

describe('a connection', () => {
  it('lasts as long as the service says by its own clock', async () => {
    answerJson(
      {
        Websocket: { Url: 'wss://x', ConnectionExpiry: '2030-01-01T01:06:00.000Z' },
        ConnectionCredentials: { ConnectionToken: 'ct', Expiry: '2030-01-02T00:00:00.000Z' },
      },
      { date: 'Tue, 01 Jan 2030 00:00:00 GMT' },
    )

    const details = await aClient().createConnection(token, {
      types: ['WEBSOCKET', 'CONNECTION_CREDENTIALS'],
      connectParticipant: true,
    })

    expect(details.socket?.lifetime).toBe(66 * 60_000)
    expect(details.credentials?.lifetime).toBe(24 * 60 * 60_000)
    expect(details.at).toBe(Date.UTC(2030, 0, 1))
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
      Type: ['WEBSOCKET', 'CONNECTION_CREDENTIALS'],
      ConnectParticipant: true,
    })
  })

  it('of which the service says nothing is empty', async () => {
    answerJson({})

    const details = await aClient().createConnection(token, { types: [], connectParticipant: true })

    expect(details).toMatchObject({ socket: null, credentials: null })
  })
})

describe('a transcript page', () => {
  it('keeps the fields that the SDK does not know', async () => {
    const item = {
      Id: 'item-1',
      MessageMetadata: { MessageId: 'item-1', MessageCompleted: false, ChunkNumber: 2 },
    }
    answerJson({ InitialContactId: 'contact-1', Transcript: [item], NextToken: 'more' })

    const page = await aClient().getTranscript(token, backward)

    expect(page).toMatchObject({ initialContactId: 'contact-1', items: [item], nextToken: 'more' })
  })

  it.each([{}, { NextToken: '' }, { NextToken: null }])('that says %o is the last', async (end) => {
    answerJson({ Transcript: [], ...end })

    await expect(aClient().getTranscript(token, backward)).resolves.toMatchObject({ nextToken: null })
  })

  it('asks by id, by time, or for the newest', async () => {
    answerJson({ Transcript: [] })
    const client = aClient()

    await client.getTranscript(token, { ...backward, start: { id: 'item-1' } })
    await client.getTranscript(token, { ...backward, start: { time: Date.UTC(2026, 0, 5) } })
    await client.getTranscript(token, { ...backward, start: { mostRecent: 5 } })

    const starts = server.requests.map(
      ({ body }) => (JSON.parse(body) as { StartPosition: unknown }).StartPosition,
    )
    expect(starts).toEqual([
      { Id: 'item-1' },
      { AbsoluteTime: '2026-01-05T00:00:00.000Z' },
      { MostRecent: 5 },
    ])
  })
})

it('takes new network connections after it was told that the idle ones may be dead', async () => {
  answerJson({ Id: 'item-1', AbsoluteTime: '2026-01-05T09:00:00Z' })
  let connections = 0
  server.onConnection(() => (connections += 1))
  const client = aClient()
  await client.sendMessage(token, message)
  await client.sendMessage(token, message)
  expect(connections).toBe(1)

  client.dropIdleConnections()
  await client.sendMessage(token, message)

  expect(connections).toBe(2)
})

it('asks for a view by a token that needs escaping', async () => {
  answerJson({ View: { Name: 'Detail', Content: { Template: '{}', InputSchema: '{}', Actions: ['Go'] } } })

  const view = await aClient().describeView(token, 'view/1+=')

  expect(view).toMatchObject({ name: 'Detail', actions: ['Go'] })
  expect(server.requests[0]).toMatchObject({ method: 'GET', path: '/participant/views/view%2F1%2B%3D' })
})
