import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContactHandle } from '../contact-handle.ts'
import type { Simulator } from '../simulator.ts'
import { startSimulator } from '../simulator.ts'
import type { Page } from '../testing/transcript-reader.ts'
import { numbers, TranscriptReader } from '../testing/transcript-reader.ts'

let sim: Simulator
let contact: ContactHandle
let reader: TranscriptReader
beforeEach(async () => {
  sim = await startSimulator()
  contact = sim.contact({ customerName: 'Amara', customerIsPresent: false })
  reader = await TranscriptReader.of(sim, contact)
})
afterEach(() => sim.close())

const read = (request: object, by?: string): Promise<Page> => reader.read(request, by)

/** Follows NextToken to the end. */
async function readAll(request: object, by = reader.token): Promise<(string | undefined)[]> {
  const page = await read(request, by)
  const { StartPosition: _start, ...rest } = request as { StartPosition?: unknown }
  return page.next === undefined
    ? page.texts
    : [...page.texts, ...(await readAll({ ...rest, NextToken: page.next }, by))]
}

describe('a transcript page', () => {
  it('holds the newest ten, newest first, when nothing is asked for', async () => {
    contact.sayAll(numbers(1, 25))

    const page = await read({})

    expect(page.texts).toEqual(numbers(25, 16))
    expect(page.next).toEqual(expect.any(String))
  })

  it('goes on to the older ones, each once, whatever is said in between', async () => {
    contact.sayAll(numbers(1, 25))

    const first = await read({ MaxResults: 10 })
    contact.say('26')
    const rest = await readAll({ MaxResults: 10, NextToken: first.next })

    expect([...first.texts, ...rest]).toEqual(numbers(25, 1))
  })

  it('is only turned round by the sort order', async () => {
    contact.sayAll(numbers(1, 25))

    const page = await read({ SortOrder: 'ASCENDING', MaxResults: 5 })

    expect(page.texts).toEqual(numbers(21, 25))
  })

  it('starts forward at an item and includes it', async () => {
    const ids = contact.sayAll(numbers(1, 25))

    const texts = await readAll({
      StartPosition: { Id: ids[19] },
      SortOrder: 'ASCENDING',
      ScanDirection: 'FORWARD',
      MaxResults: 4,
    })

    expect(texts).toEqual(numbers(20, 25))
  })

  it('leaves the item out when the switch says so', async () => {
    sim.set({ startPositionInclusive: false })
    const ids = contact.sayAll(numbers(1, 9))

    const after = await read({ StartPosition: { Id: ids[4] }, SortOrder: 'ASCENDING' })
    const before = await read({
      StartPosition: { Id: ids[4] },
      ScanDirection: 'BACKWARD',
      SortOrder: 'ASCENDING',
    })

    expect(after.texts).toEqual(numbers(6, 9))
    expect(before.texts).toEqual(numbers(1, 4))
  })

  it('starts at a time, in both directions', async () => {
    const ids = contact.sayAll(numbers(1, 9))
    const { items } = await read({ StartPosition: { Id: ids[4] }, MaxResults: 1, SortOrder: 'ASCENDING' })
    const StartPosition = { AbsoluteTime: items[0]?.AbsoluteTime }

    const after = await read({ StartPosition, SortOrder: 'ASCENDING' })
    const before = await read({ StartPosition, ScanDirection: 'BACKWARD', SortOrder: 'ASCENDING' })

    expect(after.texts).toEqual(numbers(5, 9))
    expect(before.texts).toEqual(numbers(1, 5))
  })

  it('starts a number of items before the newest', async () => {
    contact.sayAll(numbers(1, 9))

    const after = await read({ StartPosition: { MostRecent: 3 }, SortOrder: 'ASCENDING' })
    const before = await read({ StartPosition: { MostRecent: 3 }, ScanDirection: 'BACKWARD', MaxResults: 2 })

    expect(after.texts).toEqual(numbers(7, 9))
    expect(before.texts).toEqual(numbers(7, 6))
  })

  it('is empty forward of the newest, and for a contact it does not know', async () => {
    contact.sayAll(numbers(1, 3))

    const forward = await read({ ScanDirection: 'FORWARD', StartPosition: {} })
    const foreign = await read({ ContactId: 'another-contact' })

    expect([forward.texts, forward.next]).toEqual([[], undefined])
    expect([foreign.texts, foreign.status]).toEqual([[], 200])
  })

  it('ends with an empty token when the switch says so', async () => {
    sim.set({ emptyNextTokenAtEnd: true })
    contact.say('only one')

    const page = await read({})

    expect(page.next).toBe('')
  })

  it('refuses a start it does not know and a token it did not give', async () => {
    const start = await read({ StartPosition: { Id: 'nowhere' } })
    const next = await read({ NextToken: 'made up' })

    expect([start.status, next.status]).toEqual([400, 400])
  })
})

describe('a conversation of ten thousand messages', () => {
  it('is read to its beginning, page by page, each message once', async () => {
    contact.sayAll(numbers(1, 10_000))

    const all = await readAll({ MaxResults: 100 })

    expect(all).toEqual(numbers(10_000, 1))
  })
})
