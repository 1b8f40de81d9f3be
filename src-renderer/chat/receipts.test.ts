import { describe, expect, it } from 'vitest'
import type { Delivery, Entry } from '#shared/entry.ts'
import { aMessage, noon } from '../testing/builders.ts'
import { placeReceipts } from './receipts.ts'

const states: Readonly<Record<string, Delivery>> = {
  Q: { state: 'queued' },
  S: { state: 'sending' },
  b: { state: 'sending', trouble: 'throttled' },
  u: { state: 'sending', trouble: 'unreachable' },
  t: { state: 'sending', trouble: 'timed-out' },
  i: { state: 'sending', trouble: 'service-unavailable' },
  s: { state: 'sent', at: noon },
  d: { state: 'delivered', at: noon },
  r: { state: 'read', at: noon + 60_000 },
  R: { state: 'undelivered', at: noon, why: 'rejected' },
  B: { state: 'undelivered', at: noon, why: 'broken' },
  F: { state: 'failed', code: 'unreachable', reason: 'Alder UK did not answer after 5 tries.' },
}

/** Own messages by the letter of their state; "c" is the customer. */
function talk(letters: string): readonly Entry[] {
  return [...letters].map((letter, index) => {
    const delivery = states[letter]
    return aMessage({ id: String(index), own: delivery !== undefined, delivery: delivery ?? null })
  })
}

describe('placeReceipts', () => {
  it.each<[string, Readonly<Record<number, string>>]>([
    ['', {}],
    ['c', {}],
    ['s', { 0: 'Sent 14:00' }],
    ['Rs', { 0: "Not delivered: refused by the contact centre's message processing", 1: 'Sent 14:00' }],
    ['B', { 0: "Not delivered: the contact centre's message processing failed" }],
    ['ss', { 1: 'Sent 14:00' }],
    ['rr', { 1: 'Read 14:01' }],
    ['rds', { 0: 'Read 14:01', 1: 'Delivered 14:00', 2: 'Sent 14:00' }],
    ['srs', { 1: 'Read 14:01', 2: 'Sent 14:00' }],
    ['rcs', { 0: 'Read 14:01', 2: 'Sent 14:00' }],
    ['sS', { 0: 'Sent 14:00', 1: 'Sending…' }],
    ['sb', { 0: 'Sent 14:00', 1: 'Sending… the service is busy' }],
    ['u', { 0: 'Sending… the service cannot be reached' }],
    ['t', { 0: 'Sending… the service does not answer' }],
    ['i', { 0: 'Sending… the service has trouble' }],
    ['sQ', { 0: 'Sent 14:00', 1: 'Queued' }],
    ['QQQ', { 2: '3 queued, sent in this order' }],
    ['SQQ', { 0: 'Sending…', 2: '2 queued, sent in this order' }],
    [
      'FsF',
      {
        0: 'Not sent. Alder UK did not answer after 5 tries.',
        1: 'Sent 14:00',
        2: 'Not sent. Alder UK did not answer after 5 tries.',
      },
    ],
  ])('in "%s" only the last message that reached a state says so', (letters, expected) => {
    const notes = placeReceipts(talk(letters))

    expect(Object.fromEntries([...notes].map(([id, { text }]) => [id, text]))).toEqual(expected)
  })
})
