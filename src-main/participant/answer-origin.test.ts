import { describe, expect, it } from 'vitest'
import { type HttpAnswer, originOfAnswer, originOfStorageAnswer } from './answer-origin.ts'

function answer(status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { status, headers, body: new TextEncoder().encode(text) }
}

const page = '<html><head><title>Blocked by policy</title></head></html>'
const numbered = { 'x-amzn-requestid': 'request-1' }
const statuses = [301, 302, 307, 308, 400, 401, 403, 404, 407, 408, 409, 413, 421, 425, 429, 431, 451, 500]
const operations = ['SendMessage', 'CreateParticipantConnection', 'DisconnectParticipant', 'GetTranscript']

describe('[L2] [L3] an answer to a call is the service’s own', () => {
  it.each([
    ['in a header', answer(403, { Message: 'no' }, { 'x-amzn-errortype': 'AccessDeniedException' })],
    [
      'in a header with an address',
      answer(400, {}, { 'x-amzn-errortype': 'ValidationException:http://x/y' }),
    ],
    ['in a header alone', answer(429, '', { 'x-amzn-errortype': 'ThrottlingException' })],
    ['in its JSON', answer(403, { __type: 'AccessDeniedException', message: 'no' })],
    ['in its JSON with a name space', answer(403, { __type: 'com.amazon#AccessDeniedException' })],
    ['nowhere, but numbers the request', answer(403, { Message: 'no' }, numbered)],
  ])('when it names its exception %s', (_, refusal) => {
    expect(originOfAnswer('SendMessage', refusal)).toEqual({ by: 'service' })
  })

  it.each([
    ['SendMessage', { Id: 'item-1', AbsoluteTime: '2026-01-05T09:00:00Z' }],
    ['GetTranscript', { Transcript: [] }],
    ['DisconnectParticipant', {}],
    ['CreateParticipantConnection', {}],
  ])('when %s succeeds with %o', (operation, body) => {
    expect(originOfAnswer(operation, answer(200, body))).toEqual({ by: 'service' })
  })

  it('when it is empty and numbered', () => {
    expect(originOfAnswer('DisconnectParticipant', answer(200, '', numbered))).toEqual({ by: 'service' })
  })
})

describe('[L2] [L3] an answer to a call is somebody else’s', () => {
  it.each(statuses)('when it is a page with status %i', (status) => {
    for (const operation of operations) {
      expect(originOfAnswer(operation, answer(status, page))).toMatchObject({ by: 'gateway' })
    }
  })

  it.each(statuses)('when it is empty, a word or foreign JSON with status %i', (status) => {
    for (const body of ['', 'Forbidden', '[]', 'null', { error: 'forbidden' }, { message: 'Forbidden' }]) {
      expect(originOfAnswer('SendMessage', answer(status, body))).toMatchObject({ by: 'gateway' })
    }
  })

  it.each([
    ['a sign-in page', page],
    ['nothing', ''],
    ['an array', '[]'],
    ['the JSON of a proxy', { error: 'login_required', url: 'https://portal' }],
  ])('when it is a success with %s', (_, body) => {
    for (const operation of operations) {
      expect(originOfAnswer(operation, answer(200, body))).toMatchObject({ by: 'gateway' })
    }
  })

  it('when a page carries the name of an exception', () => {
    const refusal = answer(403, page, { 'x-amzn-errortype': 'AccessDeniedException' })

    expect(originOfAnswer('SendMessage', refusal)).toMatchObject({ by: 'gateway' })
  })
})

describe('a gateway is called', () => {
  it.each([
    [
      'where it sends us',
      answer(302, '', { location: 'https://portal.example/login?next=x' }),
      'portal.example',
    ],
    ['what it adds on the way', answer(403, page, { via: '1.1 proxy-7 (squid/6.1)' }), 'proxy-7 (squid/6.1)'],
    ['what it calls itself', answer(502, page, { server: 'nginx' }), 'nginx'],
    ['what its page is called', answer(403, page), 'Blocked by policy'],
    ['nothing', answer(403, 'no'), null],
  ])('by %s', (_, refusal, name) => {
    expect(originOfAnswer('SendMessage', refusal)).toEqual({ by: 'gateway', name })
  })

  it('by no more than a line', () => {
    const long = answer(403, `<title>${'a\n\u0007b '.repeat(500)}</title>`)
    const origin = originOfAnswer('SendMessage', long)

    expect(origin).toEqual({ by: 'gateway', name: expect.stringMatching(/^[ab ]{60}…$/) as string })
  })
})

describe('[L3] an answer of the file storage', () => {
  const refusal =
    '<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>'

  it.each([
    ['stores and names the version', answer(200, '', { etag: '"1"' })],
    ['stores and numbers the request', answer(204, '', { 'x-amz-request-id': '1' })],
    ['refuses in its XML', answer(403, refusal)],
    ['refuses without a body', answer(403, '', { 'x-amz-request-id': '1' })],
  ])('is its own when it %s', (_, one) => {
    expect(originOfStorageAnswer(one)).toEqual({ by: 'service' })
  })

  it.each([
    ['a page instead of a confirmation', answer(200, page)],
    ['nothing that was confirmed', answer(200, '')],
    ['a page that forbids', answer(403, page)],
    ['a redirect', answer(307, '', { location: 'https://portal.example' })],
    ['XML of somebody else', answer(403, '<error>no</error>')],
  ])('is somebody else’s when it is %s', (_, one) => {
    expect(originOfStorageAnswer(one)).toMatchObject({ by: 'gateway' })
  })
})
