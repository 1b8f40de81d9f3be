import type { GetTranscriptRequest, Item } from '@aws-sdk/client-connectparticipant'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContactHandle } from '../contact-handle.ts'
import { contentTypes } from '../room/content-types.ts'
import { kinds } from './testing/kinds.ts'
import type { Input, ParticipantClient } from './testing/participant-client.ts'
import { heard, ofType, Stage } from './testing/stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await Stage.open()
})
afterEach(() => stage.close())

type Page = readonly Item[]

/** Follows NextToken to the end. */
async function readAll(client: ParticipantClient, input: Input<'GetTranscript'>): Promise<readonly Page[]> {
  const { Transcript = [], NextToken } = await client.perform('GetTranscript', input)
  if (NextToken === undefined || NextToken === '') return [Transcript]
  const { StartPosition: _start, ...rest } = input
  return [Transcript, ...(await readAll(client, { ...rest, NextToken }))]
}

const idsOf = (pages: readonly Page[]): readonly (readonly (string | undefined)[])[] =>
  pages.map((page) => page.map(({ Id }) => Id))

const texts = (count: number, name: string): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${name} ${index + 1}`)

/** The pages that a direction, an order and the items from the start on amount to. */
function pagesOf(
  ids: readonly string[],
  { ScanDirection, SortOrder }: Pick<GetTranscriptRequest, 'ScanDirection' | 'SortOrder'>,
): readonly (readonly string[])[] {
  const inScanOrder = ScanDirection === 'FORWARD' ? ids : ids.toReversed()
  const starts =
    inScanOrder.length === 0 ? [0] : inScanOrder.map((_, index) => index).filter((i) => i % 10 === 0)
  return starts.map((start) => {
    const page = inScanOrder.slice(start, start + 10)
    return (ScanDirection === 'FORWARD') === (SortOrder === 'ASCENDING') ? page : page.toReversed()
  })
}

const directions = ['FORWARD', 'BACKWARD'] as const
const orders = ['ASCENDING', 'DESCENDING'] as const
const starts = ['nowhere', 'Id', 'AbsoluteTime', 'MostRecent'] as const

const walks = directions.flatMap((ScanDirection) =>
  orders.flatMap((SortOrder) => starts.map((start) => ({ ScanDirection, SortOrder, start }))),
)

describe.each(kinds)('the transcript, read with $name', (kind) => {
  async function longChat(): Promise<{ client: ParticipantClient; contact: ContactHandle }> {
    const contact = stage.contact()
    contact.sayAll(texts(34, 'Line'))
    const client = stage.client(kind, contact, 'CUSTOMER')
    await client.perform('CreateParticipantConnection', { Type: ['CONNECTION_CREDENTIALS'] })
    return { client, contact }
  }

  it.each(walks)('goes $ScanDirection from $start, arranged $SortOrder', async (walk) => {
    const { client, contact } = await longChat()
    const { transcript } = contact.truth()
    const middle = transcript[20]
    const startAt = {
      nowhere: undefined,
      Id: { Id: middle?.Id },
      AbsoluteTime: { AbsoluteTime: middle?.AbsoluteTime },
      MostRecent: { MostRecent: 12 },
    }[walk.start]

    const { ScanDirection, SortOrder } = walk
    const pages = await readAll(client, {
      ScanDirection,
      SortOrder,
      MaxResults: 10,
      ...(startAt && { StartPosition: startAt }),
    })

    const all = transcript.map(({ Id }) => Id)
    const position = { nowhere: all.length, Id: 20, AbsoluteTime: 20, MostRecent: all.length - 12 }[
      walk.start
    ]
    const reached = ScanDirection === 'FORWARD' ? all.slice(position) : all.slice(0, position + 1)
    expect(idsOf(pages)).toEqual(pagesOf(reached, walk))
  })

  it('gives all at once when asked for a hundred', async () => {
    const { client, contact } = await longChat()

    const pages = await readAll(client, {
      MaxResults: 100,
      SortOrder: 'ASCENDING',
      ScanDirection: 'BACKWARD',
    })

    expect(pages).toEqual([contact.truth().transcript])
  })

  it('is narrowed to one contact of a chain, and empty for a stranger', async () => {
    const { client, contact } = await longChat()
    const firstId = contact.contactId
    contact.event({ contentType: contentTypes.transferSucceeded })
    contact.say('Hello again')

    const narrow = (ContactId: string): Promise<readonly Page[]> =>
      readAll(client, { ContactId, MaxResults: 100, SortOrder: 'ASCENDING' })
    const [whole, before, after, foreign] = await Promise.all([
      readAll(client, { MaxResults: 100, SortOrder: 'ASCENDING' }),
      narrow(firstId),
      narrow(contact.contactId),
      narrow('no-such-contact'),
    ])

    expect(contact.contactId).not.toBe(firstId)
    expect(before.flat().every(({ ContactId }) => ContactId === firstId)).toBe(true)
    expect(after.flat().map(({ Content }) => Content)).toContain('Hello again')
    expect([...before.flat(), ...after.flat()]).toEqual(whole.flat())
    expect(foreign).toEqual([[]])
  })

  it('goes on into the chats before, backwards only', async () => {
    const past = stage.contact()
    past.sayAll(texts(14, 'Last week'))
    past.end()
    const contact = stage.contact({ persistentFrom: past.contactId })
    contact.sayAll(texts(4, 'Today'))
    const client = await stage.connected(kind, contact, 'CUSTOMER')
    contact.event({ contentType: contentTypes.rehydrated })
    await heard(client, ofType(contentTypes.rehydrated))

    const back = await readAll(client, { MaxResults: 10, ScanDirection: 'BACKWARD', SortOrder: 'ASCENDING' })
    const forth = await readAll(client, {
      ScanDirection: 'FORWARD',
      SortOrder: 'ASCENDING',
      StartPosition: { Id: contact.truth().transcript[0]?.Id },
    })

    const today = contact.truth().transcript
    expect(back[0]).toEqual(today)
    const older = back.slice(1).toReversed().flat()
    expect(older.map(({ Id }) => Id)).toEqual(past.truth().transcript.map(({ Id }) => Id))
    expect(older.every(({ ContactId }) => ContactId === undefined)).toBe(true)
    expect(forth.flat()).toEqual(today)
  })
})
