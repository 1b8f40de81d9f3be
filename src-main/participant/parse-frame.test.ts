import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aFrame, aRawItem } from '../testing/raw-items.ts'
import { parseFrames } from './parse-frame.ts'

const said = aFrame(aRawItem())
const theItem = { kind: 'item', item: { serviceId: 'item-1' } }

function aChatFrame(content: unknown): string {
  return JSON.stringify({ topic: 'aws/chat', content })
}

describe('a frame', () => {
  it.each([
    ['{"topic":"aws/subscribe","content":{"status":"success","topics":["aws/chat"]}}', 'subscribed'],
    [
      '{"topic":"aws/subscribe","content":{"status":"failure","topics":["aws/chat"]}}',
      'subscription-refused',
    ],
    ['{"topic":"aws/heartbeat"}', 'heartbeat'],
    ['{"message":"Forbidden","connectionId":"a","requestId":"b"}', 'forbidden'],
    ['{"topic":"aws/other"}', 'junk'],
    ['{"topic":"aws/subscribe"}', 'junk'],
  ])('%s is %s', (text, kind) => {
    expect(parseFrames(text)).toMatchObject([{ kind }])
  })

  it.each([
    [200, true],
    [500, false],
  ])('of a ping with status %i tells whether the service is well', (statusCode, isHealthy) => {
    expect(parseFrames(JSON.stringify({ topic: 'aws/ping', statusCode }))).toEqual([
      { kind: 'ping', isHealthy },
    ])
  })

  it('of the chat carries an item', () => {
    expect(parseFrames(said)).toMatchObject([theItem])
  })

  it.each([
    ['encoded twice', JSON.stringify(said)],
    ['encoded three times', JSON.stringify(JSON.stringify(said))],
    ['in a list', `[${said}]`],
    ['as a string in a list', JSON.stringify([said])],
    ['with its content encoded twice', aChatFrame(JSON.stringify(JSON.stringify(aRawItem())))],
    ['with its content in a list', aChatFrame(JSON.stringify([aRawItem()]))],
    ['with its content as an object', aChatFrame(aRawItem())],
  ])('[L8] is understood when it comes %s', (_, text) => {
    expect(parseFrames(text)).toMatchObject([theItem])
  })

  it.each([
    ['empty', ''],
    ['cut short', said.slice(0, -9)],
    ['a word', 'hello'],
    ['null', 'null'],
    ['a number', '7'],
    ['an empty list', '[]'],
    ['without a topic', '{"content":"{}"}'],
    ['without content', '{"topic":"aws/chat"}'],
    ['of content cut short', aChatFrame(JSON.stringify(aRawItem()).slice(0, -9))],
    ['of empty content', aChatFrame('')],
    ['of no item', aChatFrame('null')],
    ['far too long', aFrame(aRawItem({ Content: 'x'.repeat(2_000_000) }))],
    ['a list without end', `[${'7,'.repeat(100_000)}7]`],
    ['a pit of lists', '['.repeat(50_000) + ']'.repeat(50_000)],
  ])('[L8] is unreadable when it is %s', (_, text) => {
    expect(parseFrames(text)).toEqual([{ kind: 'unreadable' }])
  })

  it('[L8] keeps what can be read of a list, and doubts the rest once', () => {
    expect(parseFrames(`[null,${said},7]`)).toMatchObject([theItem, { kind: 'unreadable' }])
  })

  it('never throws', { timeout: 120_000 }, () => {
    const topic = fc.constantFrom('aws/chat', 'aws/subscribe', 'aws/ping', 'aws/heartbeat', '__proto__')
    const frames = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.record({ topic, content: fc.anything() }).map((frame) => JSON.stringify(frame, noBigInt)),
    )

    fc.assert(
      fc.property(frames, (text) => parseFrames(text).length > 0),
      { numRuns: 5000 },
    )
  })
})

function noBigInt(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? null : value
}
