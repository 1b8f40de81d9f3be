import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contentTypes } from '../room/content-types.ts'
import { operations } from '../service/operations.ts'
import { call, connect } from '../testing/chat-client.ts'
import { kinds } from './testing/kinds.ts'
import { sdkV3 } from './testing/sdk-v3.ts'
import { heard, Stage, withId } from './testing/stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await Stage.open()
})
afterEach(() => stage.close())

const pageOrigin = 'https://shop.example'

describe('an error on the wire', () => {
  it.each([
    { status: 400, type: 'ValidationException' },
    { status: 402, type: 'ServiceQuotaExceededException' },
    { status: 403, type: 'AccessDeniedException' },
    { status: 404, type: 'ResourceNotFoundException' },
    { status: 409, type: 'ConflictException' },
    { status: 429, type: 'ThrottlingException' },
    { status: 500, type: 'InternalServerException' },
  ])('$status names $type in a header and says why in the body', async ({ status, type }) => {
    const { contactId, agent } = stage.contact()
    const { connectionToken: token } = await connect(stage.simulator, agent.participantToken)
    stage.simulator.faults.add({ kind: 'http-error', status, contactId })

    const answer = await call(stage.simulator, 'transcript', { token })

    expect(answer.status).toBe(status)
    expect(answer.headers.get('x-amzn-errortype')).toBe(type)
    expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/)
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.body['Message']).toEqual(expect.any(String))
    expect(answer.body).not.toHaveProperty('__type')
  })

  it('404 says which resource was not found', async () => {
    const { agent } = stage.contact()
    const { connectionToken: token } = await connect(stage.simulator, agent.participantToken)

    const answer = await call(stage.simulator, 'views/no-such-view', { token, method: 'GET' })

    expect(answer.body).toMatchObject({
      ResourceId: 'no-such-view',
      ResourceType: expect.any(String) as string,
    })
  })

  it('400 comes for a body that is no JSON', async () => {
    const { agent } = stage.contact()
    const { connectionToken } = await connect(stage.simulator, agent.participantToken)

    const response = await fetch(`${stage.simulator.endpoint}/participant/message`, {
      method: 'POST',
      headers: { 'x-amz-bearer': connectionToken },
      body: '{"Content": ',
    })

    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([
      400,
      'SerializationException',
    ])
  })

  it.each([
    { token: undefined, why: 'missing' },
    { token: 'made-up', why: 'unknown' },
  ])('403 comes for a bearer that is $why', async ({ token }) => {
    const answer = await call(stage.simulator, 'message', {
      ...(token !== undefined && { token }),
      body: { ContentType: 'text/plain', Content: 'Hi' },
    })

    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([403, 'AccessDeniedException'])
  })
})

describe('a page of another origin', () => {
  const paths = Object.values(operations).map(({ method, path }) => ({
    method,
    path: path.endsWith('/') ? `${path}a%2Fview` : path,
  }))

  it.each(paths)('may $method $path with every header the clients send', async ({ method, path }) => {
    const wanted = 'authorization,content-type,x-amz-bearer,x-amz-content-sha256,x-amz-date,x-amz-user-agent'

    const response = await fetch(`${stage.simulator.endpoint}${path}`, {
      method: 'OPTIONS',
      headers: {
        origin: pageOrigin,
        'access-control-request-method': method,
        'access-control-request-headers': wanted,
      },
    })

    expect(response.ok).toBe(true)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-methods')?.split(',')).toContain(method)
    expect(response.headers.get('access-control-allow-headers')?.split(',').sort()).toEqual(wanted.split(','))
    expect(stage.simulator.requests()).toEqual([])
  })
})

describe('the bearer rule', () => {
  it('takes the participant token for the connection, and the connection token for all else', async () => {
    const { agent } = stage.contact()
    const { connectionToken } = await connect(stage.simulator, agent.participantToken)
    const body = { Type: ['CONNECTION_CREDENTIALS'] }

    const crossed = [
      await call(stage.simulator, 'connection', { token: connectionToken, body }),
      await call(stage.simulator, 'transcript', { token: agent.participantToken }),
    ]

    expect(crossed.map(({ status }) => status)).toEqual([403, 403])
  })

  it('takes no notice of a signature', async () => {
    const contact = stage.contact()
    const client = await stage.connected(sdkV3, contact, 'AGENT')

    await client.perform('GetTranscript', {})

    expect(stage.simulator.requests({ operation: 'GetTranscript' }).at(-1)).toMatchObject({
      status: 200,
      headers: { authorization: 'present', 'x-amz-bearer': 'present' },
    })
  })

  it('gives only the kinds of connection that were asked for', async () => {
    const { agent } = stage.contact()
    const ask = async (Type?: readonly string[]): Promise<readonly string[]> => {
      const body = { ConnectParticipant: true, ...(Type && { Type }) }
      const answer = await call(stage.simulator, 'connection', { token: agent.participantToken, body })
      return Object.keys(answer.body)
    }

    expect(await ask()).toEqual([])
    expect(await ask(['WEBSOCKET'])).toEqual(['Websocket'])
    expect(await ask(['CONNECTION_CREDENTIALS'])).toEqual(['ConnectionCredentials'])
    expect(await ask(['WEBRTC_CONNECTION'])).toEqual(['WebRTCConnection'])
  })
})

it('throttles a burst, and the tries of a client apply nothing twice', async () => {
  stage.simulator.set({ throttled: true })
  const contact = stage.contact()
  const client = await stage.connected(sdkV3, contact, 'AGENT')

  const texts = Array.from({ length: 40 }, (_, index) => `Line ${index}`)
  const results = await Promise.allSettled(
    texts.map((Content) => client.perform('SendMessage', { ContentType: 'text/plain', Content })),
  )

  const refused = results.flatMap((result) =>
    result.status === 'rejected' ? [client.troubleOf(result.reason)] : [],
  )
  for (const trouble of refused) expect(trouble).toMatchObject({ name: 'ThrottlingException', status: 429 })
  const statuses = stage.simulator.requests({ operation: 'SendMessage' }).map(({ status }) => status)
  expect(statuses).toContain(429)
  const said = contact.truth().transcript.filter(({ Type }) => Type === 'MESSAGE')
  expect(said).toHaveLength(texts.length - refused.length)
  expect(new Set(said.map(({ Content }) => Content)).size).toBe(said.length)
})

describe.each(kinds)('with $name', (kind) => {
  it('the echo of a message carries the Id of the reply, also when it comes first', async () => {
    const contact = stage.contact()
    const client = await stage.connected(kind, contact, 'CUSTOMER')
    stage.simulator.faults.add({ kind: 'echo-before-response', operation: 'SendMessage' })

    let replied: string | undefined
    const sending = client
      .perform('SendMessage', { ContentType: 'text/plain', Content: 'First?' })
      .then(({ Id }) => (replied = Id))
    const echo = await heard(client, ({ Content }) => Content === 'First?')
    const hadReplied = replied !== undefined
    const id = await sending

    expect(hadReplied).toBe(false)
    expect(echo.Id).toBe(id)
  })

  it('events come in the order of their times', async () => {
    const contact = stage.contact()
    const client = await stage.connected(kind, contact, 'CUSTOMER')

    contact.sayAll(['One', 'Two', 'Three'])
    contact.event({ contentType: contentTypes.idle })
    await heard(client, withId(contact.say('Four')))

    const times = client.items.map(({ AbsoluteTime }) => AbsoluteTime)
    expect(times).toHaveLength(5)
    expect(times).toEqual([...times].sort())
  })
})
