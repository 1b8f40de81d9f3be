import { describe, expect, it } from 'vitest'
import { DeskError } from '#shared/failure.ts'
import { readEndpoint, readParticipantToken, readRegion } from './instance-checks.ts'

function failureOf(run: () => unknown): { code: string; message: string } {
  try {
    run()
  } catch (error) {
    if (error instanceof DeskError) return error.failure
  }
  throw new Error('Nothing was refused.')
}

describe('a participant token', () => {
  it('is taken without the space around it', () => {
    expect(readParticipantToken('  QVFJ==\n').reveal()).toBe('QVFJ==')
  })

  it.each([
    ['', 'empty'],
    [' \n ', 'empty'],
    ['two words', 'space'],
    ['line\nbreak', 'line break'],
    ['x'.repeat(1001), '1000'],
    ['tökén', 'character'],
    ['tok\u0000en', 'character'],
  ])('%j is refused with a sentence about "%s"', (token, word) => {
    const failure = failureOf(() => readParticipantToken(token))

    expect(failure.code).toBe('malformed-token')
    expect(failure.message).toContain(word)
  })

  it('is never repeated in the refusal', () => {
    expect(failureOf(() => readParticipantToken('my secret')).message).not.toContain('my secret')
  })
})

describe('a region', () => {
  it.each(['us-west-2', 'eu-central-1', 'us-gov-west-1', 'cn-north-1', 'ap-southeast-10', ' US-EAST-1 '])(
    '%s is taken',
    (region) => {
      expect(readRegion(region)).toBe(region.trim().toLowerCase())
    },
  )

  it.each(['', 'london', 'us-west', 'us west 2', 'https://example.com', 'us-west-2/../x'])(
    '%j is refused',
    (region) => {
      expect(failureOf(() => readRegion(region)).code).toBe('bad-region')
    },
  )
})

describe('an endpoint', () => {
  it.each([
    ['', null],
    ['https://chat.example', 'https://chat.example'],
    ['https://chat.example/', 'https://chat.example'],
    ['http://127.0.0.1:4100', 'http://127.0.0.1:4100'],
    ['http://localhost:4100/base', 'http://localhost:4100/base'],
    ['http://[::1]:80', 'http://[::1]'],
  ])('%j is read as %j', (typed, read) => {
    expect(readEndpoint(typed)).toBe(read)
  })

  it.each([
    'chat.example',
    'ftp://chat.example',
    'http://chat.example',
    'http://127.0.0.1.evil.example',
    'https://me:secret@chat.example',
    'https://chat.example/?a=1',
    'javascript:alert(1)',
  ])('%j is refused', (typed) => {
    expect(failureOf(() => readEndpoint(typed)).code).toBe('bad-endpoint')
  })
})
