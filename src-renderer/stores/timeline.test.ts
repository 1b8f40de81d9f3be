import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareEntries } from '#shared/entry-order.ts'
import type { Entry } from '#shared/entry.ts'
import { aMessage, noon } from '../testing/builders.ts'
import { applyToEntries } from './timeline.ts'

const ids = (entries: readonly Entry[]): readonly string[] => entries.map(({ id }) => id)

describe('applyToEntries', () => {
  it('puts a late arrival where its time says', () => {
    const shown = [aMessage({ id: 'a', at: 1 }), aMessage({ id: 'c', at: 3 })]

    const next = applyToEntries(shown, { upserted: [aMessage({ id: 'b', at: 2 })], removed: [] })

    expect(ids(next)).toEqual(['a', 'b', 'c'])
  })

  it('replaces an entry in place and keeps its id', () => {
    const shown = [aMessage({ id: 'a', own: true, delivery: { state: 'queued' }, serviceId: null })]

    const next = applyToEntries(shown, { upserted: [aMessage({ id: 'a', own: true })], removed: [] })

    expect(next).toEqual([aMessage({ id: 'a', own: true })])
  })

  it('keeps own messages that have no place in the service yet at the end', () => {
    const pending = aMessage({ id: 'mine', own: true, serviceId: null, at: 1, delivery: { state: 'queued' } })

    const next = applyToEntries([pending], { upserted: [aMessage({ id: 'theirs', at: noon })], removed: [] })

    expect(ids(next)).toEqual(['theirs', 'mine'])
  })

  it('drops what was removed', () => {
    const next = applyToEntries([aMessage({ id: 'a' }), aMessage({ id: 'b' })], {
      upserted: [],
      removed: ['a'],
    })

    expect(ids(next)).toEqual(['b'])
  })

  it('stays sorted and without doubles whatever order changes come in', () => {
    const entry = fc
      .record({ id: fc.nat(20), at: fc.nat(5), seq: fc.nat(50) })
      .map(({ id, at, seq }) => aMessage({ id: `m${id}`, at, seq }))

    fc.assert(
      fc.property(fc.array(fc.array(entry, { maxLength: 5 }), { maxLength: 10 }), (changes) => {
        let shown: readonly Entry[] = []
        for (const upserted of changes) shown = applyToEntries(shown, { upserted, removed: [] })

        expect([...shown].sort(compareEntries)).toEqual(shown)
        expect(new Set(ids(shown)).size).toBe(shown.length)
      }),
    )
  })
})
