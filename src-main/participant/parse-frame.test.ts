import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aFrame, aRawItem } from '../testing/raw-items.ts'
import { parseFrame } from './parse-frame.ts'

describe('a frame', () => {
  it.each([
    ['{"topic":"aws/subscribe","content":{"status":"success","topics":["aws/chat"]}}', 'subscribed'],
    [
      '{"topic":"aws/subscribe","content":{"status":"failure","topics":["aws/chat"]}}',
      'subscription-refused',
    ],
    ['{"topic":"aws/heartbeat"}', 'heartbeat'],
    ['{"message":"Forbidden","connectionId":"a","requestId":"b"}', 'forbidden'],
    ['', 'junk'],
    ['{', 'junk'],
    ['null', 'junk'],
    ['{"topic":"aws/chat","content":"not json"}', 'junk'],
    ['{"topic":"aws/other"}', 'junk'],
    ['{"topic":"aws/subscribe"}', 'junk'],
  ])('%s is %s', (text, kind) => {
    expect(parseFrame(text).kind).toBe(kind)
  })

  it.each([
    [200, true],
    [500, false],
  ])('of a ping with status %i tells whether the service is well', (statusCode, isHealthy) => {
    expect(parseFrame(JSON.stringify({ topic: 'aws/ping', statusCode }))).toEqual({ kind: 'ping', isHealthy })
  })

  it('of the chat carries an item', () => {
    expect(parseFrame(aFrame(aRawItem()))).toMatchObject({ kind: 'item', item: { serviceId: 'item-1' } })
  })

  it('that is far too long is set aside unread', () => {
    expect(parseFrame(aFrame(aRawItem({ Content: 'x'.repeat(2_000_000) })))).toEqual({ kind: 'junk' })
  })

  it('never throws', { timeout: 120_000 }, () => {
    const topic = fc.constantFrom('aws/chat', 'aws/subscribe', 'aws/ping', 'aws/heartbeat', '__proto__')
    const frames = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.record({ topic, content: fc.anything() }).map((frame) => JSON.stringify(frame, noBigInt)),
    )

    fc.assert(
      fc.property(frames, (text) => typeof parseFrame(text).kind === 'string'),
      { numRuns: 5000 },
    )
  })
})

function noBigInt(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? null : value
}
