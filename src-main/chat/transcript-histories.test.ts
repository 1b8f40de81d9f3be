import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entry } from '#shared/entry.ts'
import { compareEntries } from '#shared/entry.ts'
import type { PlacedItem } from '../participant/service-item.ts'
import { aServiceEvent, aServiceMessage, anOwnEcho, manyMessages } from '../testing/service-items.ts'
import { aPending, aTranscript } from '../testing/transcripts.ts'

type Step =
  | { readonly do: 'type'; readonly n: number }
  | { readonly do: 'name'; readonly n: number }
  | { readonly do: 'echo'; readonly n: number }
  | { readonly do: 'hear'; readonly from: number; readonly to: number; readonly isPage: boolean }
  | { readonly do: 'tell' }

const number = fc.nat(7)
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('type' as const), n: number }),
  fc.record({ do: fc.constant('name' as const), n: number }),
  fc.record({ do: fc.constant('echo' as const), n: number }),
  fc.record({ do: fc.constant('hear' as const), from: number, to: number, isPage: fc.boolean() }),
  fc.record({ do: fc.constant('tell' as const) }),
)

/** What the service would say: own messages and the customer's in turn, two to a millisecond. */
const told = (n: number): PlacedItem =>
  n % 3 === 0
    ? aServiceEvent({ serviceId: `item-${n}`, at: Math.floor(n / 2) })
    : aServiceMessage({ serviceId: `item-${n}`, at: Math.floor(n / 2), text: `c${n}` })
const echoOf = (n: number) => anOwnEcho({ serviceId: `own-${n}`, at: n, text: `o${n}` })

describe('whatever comes, in whatever order', () => {
  it('each message stands once, in order, and the mirror is equal', () => {
    const property = fc.property(fc.array(steps, { maxLength: 40 }), (history) => {
      const transcript = aTranscript()
      const mirror = new Map<string, Entry>()
      const typed = new Set<number>()
      const tell = () => {
        const { upserted, removed } = transcript.takeChanges()
        for (const id of removed) mirror.delete(id)
        for (const entry of upserted) mirror.set(entry.id, entry)
      }
      for (const one of history) {
        if (one.do === 'type' && !typed.has(one.n)) {
          typed.add(one.n)
          aPending(transcript, `typed-${one.n}`, `o${one.n}`)
        }
        if (one.do === 'name')
          transcript.acknowledge(`typed-${one.n}`, { serviceId: `own-${one.n}`, at: one.n })
        if (one.do === 'echo') transcript.merge([echoOf(one.n)], 'socket')
        if (one.do === 'hear') {
          const [from, to] = [Math.min(one.from, one.to), Math.max(one.from, one.to)]
          const page = Array.from({ length: to - from + 1 }, (_, index) => told(from + index))
          transcript.merge(one.isPage ? page : page.toReversed(), one.isPage ? 'newer-page' : 'socket')
        }
        if (one.do === 'tell') tell()
      }
      tell()

      const ids = transcript.entries.flatMap(({ serviceId }) => serviceId ?? [])
      expect(new Set(ids).size).toBe(ids.length)
      expect(transcript.entries).toEqual(transcript.entries.toSorted(compareEntries))
      expect([...mirror.values()].sort(compareEntries)).toEqual(transcript.entries)
      for (const entry of transcript.entries) expect(transcript.get(entry.id)).toBe(entry)
    })

    fc.assert(property, { numRuns: 3000 })
  })
})

describe('a long conversation', () => {
  it('grows by pages without slowing down', () => {
    const transcript = aTranscript()
    const read = (from: number, to: number): void => {
      for (let page = from; page < to; page += 1)
        transcript.merge(manyMessages(100, page * 100), 'newer-page')
    }

    read(0, 50)
    const early = workOf(() => read(50, 150))
    const late = workOf(() => read(200, 300))

    expect(transcript.entries).toHaveLength(25_000)
    expect(late).toBeLessThan(4 * early)
  })
})

/** Processor time in microseconds: how busy the machine is otherwise does not count. */
function workOf(run: () => void): number {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return user + system
}
