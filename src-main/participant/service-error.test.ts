import { describe, expect, it } from 'vitest'
import { ServiceError, serviceError as toServiceError } from './service-error.ts'
import { serviceWords } from './service-words.ts'

const serviceError = (thrown: unknown, host: string) => toServiceError(thrown, host, serviceWords.message)

const answered = (httpStatusCode: number, change: object = {}) => ({
  name: 'Unknown',
  message: '',
  $metadata: { httpStatusCode },
  ...change,
})

describe('an answer of the service', () => {
  it.each([
    [400, 'refused'],
    [401, 'denied'],
    [402, 'quota'],
    [403, 'denied'],
    [404, 'not-found'],
    [409, 'conflict'],
    [408, 'service-unavailable'],
    [413, 'service-unavailable'],
    [451, 'service-unavailable'],
    [429, 'throttled'],
    [500, 'service-unavailable'],
    [503, 'service-unavailable'],
  ])('with status %i is %s, whatever it is called', (status, code) => {
    expect(serviceError(answered(status), 'The service').failure).toMatchObject({ code, status })
  })

  it('is told in the words of the service where there are some', () => {
    const error = serviceError(answered(400, { message: 'Content is too long.' }), 'The service')

    expect(error.message).toBe(
      'The service did not take this message: Content is too long. Change it and send it again.',
    )
  })

  it.each([
    ['AccessDeniedException', 'AccessDeniedException'],
    ['SyntaxError', null],
    ['UnknownError', null],
  ])('called %s is known by %s', (name, kind) => {
    expect(serviceError(answered(403, { name }), 'The service').kind).toBe(kind)
  })

  it('tells how long to wait', () => {
    const $response = { headers: { 'retry-after': '7' } }

    expect(serviceError(answered(429, { $response }), 'The service').retryAfter).toBe(7000)
  })

  it.each([
    ['AccessDeniedException', 400, 'denied'],
    ['ThrottlingException', 400, 'throttled'],
    ['InternalServerException', 403, 'service-unavailable'],
    ['ForbiddenException', 403, 'gateway'],
  ])('called %s with status %i is %s', (name, status, code) => {
    expect(serviceError(answered(status, { name }), 'The service').failure.code).toBe(code)
  })

  it('that cannot be read is a passing trouble', () => {
    const cut = Object.assign(new SyntaxError('Unexpected end'), { $metadata: { httpStatusCode: 200 } })

    expect(serviceError(cut, 'chat.example').failure).toMatchObject({
      code: 'service-unavailable',
      message: expect.stringMatching(/^chat.example gave an answer that cannot be read/) as string,
    })
  })
})

describe('no answer', () => {
  it.each([
    ['ENOTFOUND', 'unreachable'],
    ['EAI_AGAIN', 'unreachable'],
    ['ECONNREFUSED', 'unreachable'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ETIMEDOUT', 'timed-out'],
    ['CERT_HAS_EXPIRED', 'unreachable'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'unreachable'],
    ['EPIPE', 'unreachable'],
  ])('because of %s is %s', (code, expected) => {
    expect(serviceError(Object.assign(new Error('x'), { code }), 'h').failure.code).toBe(expected)
  })

  it('because of a reset is no timeout, although the SDK calls it one', () => {
    const reset = Object.assign(new Error('x'), { name: 'TimeoutError', code: 'ECONNRESET' })

    expect(serviceError(reset, 'h').failure.code).toBe('unreachable')
  })

  it('because we gave up is no trouble of anybody', () => {
    expect(serviceError(Object.assign(new Error('x'), { name: 'AbortError' }), 'h').failure.code).toBe(
      'cancelled',
    )
  })
})

it('leaves an error that is in our words already as it is', () => {
  const error = new ServiceError('quota', 'No more.')

  expect(serviceError(error, 'h')).toBe(error)
})
