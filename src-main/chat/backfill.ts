import type { Failure } from '#shared/failure.ts'
import type { LineCalls, ReadPage } from '../participant/participant-line.ts'
import type { PlacedItem, ServiceItem } from '../participant/service-item.ts'
import type { Backoff } from './backoff.ts'
import type { Clock } from './clock.ts'
import type { Source } from './transcript.ts'
import { failureOf, willPass } from './trouble.ts'

/** The place from which everything later has to be read. */
export interface Cursor {
  readonly serviceId: string | null
  readonly at: number
}

/** The beginning of a conversation that was still empty when it was read. */
const origin: Cursor = { serviceId: null, at: -Infinity }

export interface BackfillPorts {
  readonly calls: Pick<LineCalls, 'readTranscript'>
  readonly clock: Clock
  readonly backoff: Backoff
}

/** How far a chat has been read, kept through interruptions: neither end is read twice because of one. */
export interface Place {
  /** Null before anything was read. */
  readonly cursor: Cursor | null
  readonly history: 'unread' | { readonly nextToken: string } | 'read'
}

export interface Reading {
  /** What was read, oldest first within one page. */
  page(items: readonly ServiceItem[], source: Source): void
  reached(place: Place): void
  /** The newest end is complete up to the service's time `at`; older pages may still follow. */
  recentDone(at: number | null): void
}

export type ReadingOutcome =
  | { readonly outcome: 'done'; readonly cursor: Cursor }
  | { readonly outcome: 'given-up' }
  | { readonly outcome: 'refused'; readonly failure: Failure }

const pageSize = 100
/** The service may file an item a little behind later ones, so each reading begins a little before the last one ended. */
const overlap = 10_000

/** Reads what a chat has missed: forward from the last proven place, then whatever is left of its history. */
export async function readMissed(
  ports: BackfillPorts,
  place: Place,
  { reading, signal }: { reading: Reading; signal: AbortSignal },
): Promise<ReadingOutcome> {
  const pager = new Pager(ports, signal)
  try {
    const recent = await readRecent(pager, place, reading)
    await readHistory(pager, recent, reading)
    return { outcome: 'done', cursor: recent.cursor }
  } catch (error) {
    if (signal.aborted) return { outcome: 'given-up' }
    return { outcome: 'refused', failure: failureOf(error) }
  }
}

type Recent = Place & { readonly cursor: Cursor }

async function readRecent(pager: Pager, { cursor, history }: Place, reading: Reading): Promise<Recent> {
  if (cursor === null) return readNewest(pager, reading)
  const reached = (next: Cursor): Recent => {
    const place = { cursor: next, history }
    reading.reached(place)
    return place
  }
  return reached(
    (await readForward(pager, cursor, { ...reading, reached })) ?? (await readBack(pager, cursor, reading)),
  )
}

interface ForwardReading extends Omit<Reading, 'reached'> {
  reached(cursor: Cursor): void
}

/** Null when the service does not take the id to start from. */
async function readForward(pager: Pager, cursor: Cursor, reading: ForwardReading): Promise<Cursor | null> {
  if (cursor.serviceId === null) return null
  const trail = new Trail(cursor)
  let page: ReadPage
  try {
    page = await pager.next({ direction: 'FORWARD', start: { id: cursor.serviceId } })
  } catch (error) {
    if (failureOf(error).status === 400) return null
    throw error
  }
  for (;;) {
    reading.page(trail.withTies(page.items), 'newer-page')
    reading.reached(trail.cursor)
    if (page.nextToken === null) break
    page = await pager.next({ direction: 'FORWARD', nextToken: page.nextToken })
  }
  reading.recentDone(page.at)
  return trail.cursor
}

/** From the newest back to the proven place. Nothing is merged before all of it is here, so order is kept. */
async function readBack(pager: Pager, cursor: Cursor, reading: Reading): Promise<Cursor> {
  const pages: (readonly ServiceItem[])[] = []
  let page = await pager.next({ direction: 'BACKWARD' })
  const { at } = page
  for (;;) {
    pages.unshift(page.items)
    if (page.nextToken === null || page.items.some((item) => reaches(item, cursor))) break
    page = await pager.next({ direction: 'BACKWARD', nextToken: page.nextToken })
  }
  const trail = new Trail(cursor)
  for (const items of pages) reading.page(trail.withTies(items), 'newer-page')
  reading.recentDone(at)
  return trail.cursor
}

function reaches(item: ServiceItem, cursor: Cursor): boolean {
  return 'at' in item && (item.serviceId === cursor.serviceId || item.at < cursor.at)
}

/** The first time: the newest page makes the chat usable, the rest of its history follows. */
async function readNewest(pager: Pager, reading: Reading): Promise<Recent> {
  const page = await pager.next({ direction: 'BACKWARD' })
  const trail = new Trail(origin)
  reading.page(trail.withTies(page.items), 'older-page')
  const place = { cursor: trail.cursor, history: historyAfter(page) }
  reading.reached(place)
  reading.recentDone(page.at)
  return place
}

async function readHistory(pager: Pager, { cursor, history }: Recent, reading: Reading): Promise<void> {
  for (let rest = history; rest !== 'read';) {
    const page = await olderPage(pager, rest)
    reading.page(page.items, 'older-page')
    rest = historyAfter(page)
    reading.reached({ cursor, history: rest })
  }
}

/** A token that is no longer taken costs a second reading from the newest end, nothing else. */
async function olderPage(pager: Pager, rest: Exclude<Place['history'], 'read'>): Promise<ReadPage> {
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

/** What has been read so far, as far as the next page or the next reading depends on it. */
class Trail {
  readonly #cursor: Cursor
  #recent: PlacedItem[] = []

  constructor(cursor: Cursor) {
    this.#cursor = cursor
  }

  /** The newest item that is safely behind the end. */
  get cursor(): Cursor {
    const end = this.#recent.at(-1)
    if (end === undefined) return this.#cursor
    const safe = this.#recent.findLast((item) => item.at <= end.at - overlap)
    if (safe !== undefined) return { serviceId: safe.serviceId, at: safe.at }
    const first = this.#recent[0]
    const isFirst = this.#cursor.serviceId === null && first !== undefined
    return isFirst ? { serviceId: first.serviceId, at: first.at } : this.#cursor
  }

  /** The page, preceded by the end of the last one if both share a millisecond. */
  withTies(items: readonly ServiceItem[]): readonly ServiceItem[] {
    const placed = items.filter((item): item is PlacedItem => 'at' in item)
    const first = placed[0]
    const ties = first === undefined ? [] : this.#recent.filter((item) => item.at === first.at)
    this.#recent.push(...placed)
    this.#trim()
    return [...ties, ...items]
  }

  #trim(): void {
    const end = this.#recent.at(-1)
    if (end === undefined) return
    const behind = this.#recent.findLastIndex((item) => item.at <= end.at - overlap)
    if (behind > 0) this.#recent = this.#recent.slice(behind)
  }
}

interface PageWish {
  readonly direction: 'FORWARD' | 'BACKWARD'
  readonly start?: { readonly id: string }
  readonly nextToken?: string
}

/** Fetches page after page and outlasts passing trouble, for as long as the reading is wanted. */
class Pager {
  readonly #ports: BackfillPorts
  readonly #signal: AbortSignal
  #lastToken: string | null = null

  constructor(ports: BackfillPorts, signal: AbortSignal) {
    this.#ports = ports
    this.#signal = signal
  }

  async next(wish: PageWish): Promise<ReadPage> {
    const query = { ...wish, order: 'ASCENDING', maxResults: pageSize } as const
    for (let attempt = 1; ; attempt += 1) {
      try {
        const page = await this.#ports.calls.readTranscript(query, { signal: this.#signal })
        if (this.#signal.aborted) throw new Error('The reading was given up.')
        return this.#guarded(page)
      } catch (error) {
        if (this.#signal.aborted || !willPass(failureOf(error))) throw error
        await this.#pause(this.#ports.backoff(attempt))
      }
    }
  }

  /** A service that repeats itself must not keep us reading for ever. */
  #guarded(page: ReadPage): ReadPage {
    const isStuck = page.nextToken !== null && page.nextToken === this.#lastToken
    this.#lastToken = page.nextToken
    return isStuck ? { ...page, nextToken: null } : page
  }

  #pause(delay: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        stop()
        this.#signal.removeEventListener('abort', done)
        resolve()
      }
      const stop = this.#ports.clock.after(delay, done)
      this.#signal.addEventListener('abort', done)
    })
  }
}
