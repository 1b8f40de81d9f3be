import type { ContactRoom } from '../room/contact-room.ts'
import type { TranscriptItem } from '../room/transcript-item.ts'
import type { Switches } from '../switches.ts'
import type { RequestOf } from './requests.ts'
import { invalid } from './service-error.ts'

type Request = RequestOf<'GetTranscript'>
type Direction = 'FORWARD' | 'BACKWARD'
/** Where a page begins: FORWARD takes items from `at` on, BACKWARD the items before it. */
type Cursor = Readonly<{ in: 'live' | 'past'; direction: Direction; at: number }>
type Range = Readonly<{ from: number; to: number }>

export type TranscriptPage = Readonly<{
  InitialContactId: string
  Transcript: readonly TranscriptItem[]
  NextToken?: string
}>

/** One page; costs as much as the page is long, however long the conversation. */
export function readPage(room: ContactRoom, request: Request, switches: Switches): TranscriptPage {
  const range = rangeFor(room, request)
  const cursor =
    request.NextToken === undefined
      ? firstCursor({ room, range, request, switches })
      : cursorFrom(request.NextToken)
  const { items, next } = take(room, cursor, { range, limit: pageSize(request) })
  const sorted = request.SortOrder === 'ASCENDING' ? items : items.toReversed()
  return {
    InitialContactId: room.initialContactId,
    Transcript: sorted.map((item) => withReceipts(room, item, switches)),
    ...(next ? { NextToken: tokenFor(next) } : switches.emptyNextTokenAtEnd && { NextToken: '' }),
  }
}

const pageSize = ({ MaxResults = 0 }: Request): number => (MaxResults === 0 ? 10 : MaxResults)

/** An unknown contact id has no items; it is no error. */
function rangeFor(room: ContactRoom, request: Request): Range {
  if (request.ContactId === undefined) return { from: 0, to: room.log.length }
  return room.rangeOf(request.ContactId) ?? { from: 0, to: 0 }
}

type Start = Readonly<{ room: ContactRoom; range: Range; request: Request; switches: Switches }>

function firstCursor({ room, range, request, switches }: Start): Cursor {
  const { Id, AbsoluteTime, MostRecent } = request.StartPosition ?? {}
  const hasStart = Id !== undefined || AbsoluteTime !== undefined || MostRecent !== undefined
  const direction = request.ScanDirection ?? (hasStart ? 'FORWARD' : 'BACKWARD')
  const cursor = (at: number): Cursor => ({ in: 'live', direction, at })
  /** `first` and `last` bound the named items; both are the same place when nothing has that time. */
  const beside = (first: number, last: number): Cursor => {
    const reach = switches.startPositionInclusive
    return cursor((direction === 'FORWARD') === reach ? first : last)
  }
  if (Id !== undefined) {
    const position = room.log.positionOf(Id)
    if (position === undefined) throw invalid('StartPosition Id is not an item of this transcript')
    return beside(position, position + 1)
  }
  if (AbsoluteTime !== undefined) {
    const time = Date.parse(AbsoluteTime)
    if (Number.isNaN(time)) throw invalid('StartPosition AbsoluteTime is not an ISO-8601 time')
    return beside(room.log.firstAt(time), room.log.firstAt(time + 1))
  }
  if (MostRecent !== undefined) {
    const position = Math.max(range.from, range.to - MostRecent)
    return cursor(direction === 'FORWARD' ? position : Math.min(range.to, position + 1))
  }
  return cursor(range.to)
}

function take(
  room: ContactRoom,
  cursor: Cursor,
  page: { range: Range; limit: number },
): { items: readonly TranscriptItem[]; next: Cursor | undefined } {
  if (cursor.in === 'past') {
    const from = Math.max(0, cursor.at - page.limit)
    const items = room.past.slice(from, cursor.at)
    return { items, next: from > 0 ? { ...cursor, at: from } : undefined }
  }
  const { from: low, to: high } = page.range
  if (cursor.direction === 'FORWARD') {
    const from = Math.max(low, cursor.at)
    const to = Math.min(high, from + page.limit)
    return { items: room.log.slice(from, to), next: to < high ? { ...cursor, at: to } : undefined }
  }
  const to = Math.min(high, cursor.at)
  const from = Math.max(low, to - page.limit)
  const older: Cursor | undefined =
    room.past.length > 0 && low === 0
      ? { in: 'past', direction: 'BACKWARD', at: room.past.length }
      : undefined
  return { items: room.log.slice(from, to), next: from > low ? { ...cursor, at: from } : older }
}

function withReceipts(room: ContactRoom, item: TranscriptItem, switches: Switches): TranscriptItem {
  if (item.Type !== 'MESSAGE') return item
  const receipts = room.receipts.of(item.Id)
  if (receipts.length === 0 && !switches.emptyReceiptsInTranscript) return item
  return { ...item, MessageMetadata: { ...item.MessageMetadata, MessageId: item.Id, Receipts: receipts } }
}

const tokenFor = ({ in: part, direction, at }: Cursor): string =>
  Buffer.from(`t1.${part}.${direction}.${at}`).toString('base64url')

function cursorFrom(token: string): Cursor {
  // What follows a `#` makes one token differ from another that leads to the same place.
  const match = /^t1\.(live|past)\.(FORWARD|BACKWARD)\.(\d{1,12})(#\d+)?$/.exec(
    Buffer.from(token, 'base64url').toString(),
  )
  if (!match) throw invalid('NextToken is not valid')
  return {
    in: match[1] === 'past' ? 'past' : 'live',
    direction: match[2] === 'FORWARD' ? 'FORWARD' : 'BACKWARD',
    at: Number(match[3]),
  }
}
