import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Delivery } from '#shared/entry.ts'
import { advance } from './delivery.ts'

const queued: Delivery = { state: 'queued' }
const sending: Delivery = { state: 'sending' }
const slow: Delivery = { state: 'sending', trouble: 'throttled' }
const slower: Delivery = { state: 'sending', trouble: 'unreachable' }
const sent: Delivery = { state: 'sent', at: 1 }
const delivered: Delivery = { state: 'delivered', at: 2 }
const read: Delivery = { state: 'read', at: 3 }
const failed: Delivery = { state: 'failed', code: 'refused', reason: 'no' }
const all = [queued, sending, slow, sent, delivered, read, failed]

describe('a message', () => {
  it.each([
    [queued, sending],
    [queued, failed],
    [sending, slow],
    [slow, slower],
    [slow, sent],
    [sending, sent],
    [sending, failed],
    [sending, read],
    [sent, delivered],
    [sent, read],
    [delivered, read],
    [failed, sent],
  ])('goes from %o to %o', (from, to) => {
    expect(advance(from, to)).toBe(to)
  })

  it.each([
    [sending, queued],
    [slow, sending],
    [sent, slow],
    [sent, queued],
    [sent, sending],
    [sent, failed],
    [delivered, sent],
    [read, delivered],
    [failed, sending],
    [failed, queued],
  ])('does not go from %o back to %o', (from, to) => {
    expect(advance(from, to)).toBe(from)
  })

  it('leaves failure when it is tried again, and only then', () => {
    expect(advance(failed, { state: 'retried' })).toEqual(queued)
    expect(advance(sent, { state: 'retried' })).toBe(sent)
  })

  it('never takes back that the service has it', () => {
    const rank = (delivery: Delivery) => ['sent', 'delivered', 'read'].indexOf(delivery.state)
    const property = fc.property(fc.array(fc.constantFrom(...all)), (events) => {
      let current: Delivery = queued
      for (const event of events) {
        const next = advance(current, event)
        expect(rank(next)).toBeGreaterThanOrEqual(rank(current))
        current = next
      }
    })

    fc.assert(property)
  })
})
