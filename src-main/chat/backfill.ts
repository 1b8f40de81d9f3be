import type { Failure } from '#shared/failure.ts'
import type { ReadPage } from '../participant/participant-line.ts'
import type { ServiceItem } from '../participant/service-item.ts'
import type { Source } from './transcript.ts'
import type { Cursor } from './trail.ts'
import { origin, Trail } from './trail.ts'
import type { PagerPorts } from './transcript-pager.ts'
import { StuckPages, TranscriptPager } from './transcript-pager.ts'
import { failureOf } from './trouble.ts'

/** How far a chat has been read, kept through interruptions: neither end is read twice because of one. */
export interface Place {
  /** Null before anything was read. */
  readonly cursor: Cursor | null
  readonly history: 'unread' | { readonly nextToken: string } | 'read'
  /** What was read back towards the cursor so far, when the service does not take its id. */
  readonly back?: Back | undefined
  /** The last item of a reading forward that was interrupted. */
  readonly resume?: string | undefined
}

interface Back {
  /** Oldest page first; not merged before they meet the cursor. */
  readonly pages: readonly (readonly ServiceItem[])[]
  /** Leads to the page before the first of them. */
  readonly nextToken: string | null
}

export interface Reading {
  /** Something up to this service time may have been read or judged meanwhile. */
  hasLooseEnds(upTo: number): boolean
  /** The newest end is being asked for: what is there by now will be read. */
  asked(): void
  /** What was read, oldest first within one page. */
  page(items: readonly ServiceItem[], source: Source): void
  reached(place: Place): void
  /** The newest end was read, at the service's time `at`, and ends with `last`; older pages may still follow. */
  recentDone(at: number | null, last: Cursor | null): void
}

export type ReadingOutcome =
  | { readonly outcome: 'done'; readonly cursor: Cursor; readonly at: number | null }
  | { readonly outcome: 'given-up' }
  /** The pages lead nowhere. Nothing is known of what lies behind them. */
  | { readonly outcome: 'stuck' }
  | { readonly outcome: 'refused'; readonly failure: Failure }

export interface ReadingWish {
  readonly reading: Reading
  readonly signal: AbortSignal
  readonly pageSize: number
  /**
   * From the newest end back to the last proven place: where little is new, one page has all of it, and what was told
   * meanwhile of the items before.
   */
  readonly isBackwards?: boolean
}

/** Reads what a chat has missed: forward from the last proven place, then whatever is left of its history. */
export async function readMissed(
  ports: PagerPorts,
  place: Place,
  { reading, signal, pageSize, isBackwards = false }: ReadingWish,
): Promise<ReadingOutcome> {
  const pager = new TranscriptPager(ports, { signal, pageSize })
  try {
    const recent = await readRecent(pager, { ...place, isBackwards }, reading)
    const mayLackVerdicts = place.cursor !== null && !isBackwards
    if (mayLackVerdicts && reading.hasLooseEnds(place.cursor.at)) await readVerdicts(pager, reading)
    await readHistory(pager, recent, reading)
    if (signal.aborted) return { outcome: 'given-up' }
    return { outcome: 'done', cursor: recent.cursor, at: recent.at }
  } catch (error) {
    if (signal.aborted) return { outcome: 'given-up' }
    if (error instanceof StuckPages) return { outcome: 'stuck' }
    return { outcome: 'refused', failure: failureOf(error) }
  }
}

interface Recent extends Place {
  readonly cursor: Cursor
  /** The service's time when it answered with the newest end. */
  readonly at: number | null
}

async function readRecent(
  pager: TranscriptPager,
  { isBackwards, ...place }: Place & { readonly isBackwards: boolean },
  reading: Reading,
): Promise<Recent> {
  const { cursor, history } = place
  if (cursor === null) return readNewest(pager, reading)
  const wish = { ...place, cursor, keep: (part: Progress) => reading.reached({ cursor, history, ...part }) }
  const forward = isBackwards ? null : await readForward(pager, wish, reading)
  const end = forward ?? (await readBack(pager, wish, reading))
  reading.reached({ cursor: end.cursor, history })
  return { ...end, history }
}

type End = Pick<Recent, 'cursor' | 'at'>

type Progress = Pick<Place, 'back' | 'resume'>

interface Wish extends Place {
  readonly cursor: Cursor
  readonly keep: (progress: Progress) => void
}

/** Null when the service does not take the id to start from. */
async function readForward(
  pager: TranscriptPager,
  { cursor, resume, keep }: Wish,
  reading: Reading,
): Promise<End | null> {
  const start = resume ?? cursor.serviceId
  const trail = new Trail(cursor)
  const asked = (): void => reading.asked()
  const first = start === null ? null : await pager.startAt(start, asked)
  if (first === null) return null
  for (let page: ReadPage = first; ;) {
    reading.page(trail.withTies(page.items), 'newer-page')
    if (trail.end !== null) keep({ resume: trail.end })
    if (page.nextToken === null) {
      reading.recentDone(page.at, trail.last)
      return { cursor: trail.cursor, at: page.at }
    }
    page = await pager.next({ direction: 'FORWARD', nextToken: page.nextToken }, asked)
  }
}

/** From the newest back to the proven place. Nothing is merged before all of it is here, so order is kept. */
async function readBack(
  pager: TranscriptPager,
  { cursor, back, keep }: Wish,
  reading: Reading,
): Promise<End> {
  let page = await pager.next({ direction: 'BACKWARD' }, () => reading.asked())
  const { at } = page
  let pages: Back['pages'] = [page.items]
  let { nextToken } = page
  let earlier = back
  for (;;) {
    if (earlier !== undefined && page.items.some((item) => isIn(item, earlier?.pages.at(-1)))) {
      pages = [...earlier.pages, ...pages]
      nextToken = earlier.nextToken
      earlier = undefined
    }
    if (earlier === undefined) keep({ back: { pages, nextToken } })
    if (nextToken === null || pages[0]?.some((item) => reaches(item, cursor)) === true) break
    page = await pager.next({ direction: 'BACKWARD', nextToken })
    pages = [page.items, ...pages]
    nextToken = page.nextToken
  }
  const trail = new Trail(cursor)
  for (const items of pages) reading.page(trail.withTies(items), 'newer-page')
  reading.recentDone(at, trail.last)
  return { cursor: trail.cursor, at }
}

function isIn(item: ServiceItem, page: readonly ServiceItem[] = []): boolean {
  return (
    'serviceId' in item && page.some((other) => 'serviceId' in other && other.serviceId === item.serviceId)
  )
}

function reaches(item: ServiceItem, cursor: Cursor): boolean {
  return 'at' in item && (item.serviceId === cursor.serviceId || item.at < cursor.at)
}

/** Receipts and scans told while nobody listened stand with the items they are about, as far as one page goes. */
async function readVerdicts(pager: TranscriptPager, reading: Reading): Promise<void> {
  const { items } = await pager.next({ direction: 'BACKWARD' })
  reading.page(items, 'newer-page')
}

/** The first time: the newest page makes the chat usable, the rest of its history follows. */
async function readNewest(pager: TranscriptPager, reading: Reading): Promise<Recent> {
  const page = await pager.next({ direction: 'BACKWARD' }, () => reading.asked())
  const trail = new Trail(origin)
  reading.page(trail.withTies(page.items), 'older-page')
  const place = { cursor: trail.cursor, history: historyAfter(page) }
  reading.reached(place)
  reading.recentDone(page.at, trail.last)
  return { ...place, at: page.at }
}

async function readHistory(
  pager: TranscriptPager,
  { cursor, history }: Recent,
  reading: Reading,
): Promise<void> {
  for (let rest = history; rest !== 'read';) {
    const page = await olderPage(pager, rest)
    reading.page(page.items, 'older-page')
    rest = historyAfter(page)
    reading.reached({ cursor, history: rest })
  }
}

/** A token that is no longer taken costs a second reading from the newest end, nothing else. */
async function olderPage(pager: TranscriptPager, rest: Exclude<Place['history'], 'read'>): Promise<ReadPage> {
  if (rest === 'unread') return pager.next({ direction: 'BACKWARD' })
  try {
    return await pager.next({ direction: 'BACKWARD', nextToken: rest.nextToken })
  } catch (error) {
    if (failureOf(error).status === 400) return pager.next({ direction: 'BACKWARD' })
    throw error
  }
}

function historyAfter({ nextToken }: ReadPage): Place['history'] {
  return nextToken === null ? 'read' : { nextToken }
}
