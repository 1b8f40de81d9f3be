import type { Call, TranscriptQuery } from '../participant/participant-api.ts'
import type { ReadPage } from '../participant/participant-line.ts'
import { ServiceError } from '../participant/service-error.ts'
import type { PlacedItem } from '../participant/service-item.ts'

/** A transcript that is read page by page, as the service gives it. */
export class PagedTranscript {
  readonly queries: TranscriptQuery[] = []
  /** What the next readings are answered with instead. */
  readonly failures: ServiceError[] = []
  items: PlacedItem[]
  pageSize = 100
  isInclusive = true
  takesIds = true

  constructor(items: readonly PlacedItem[]) {
    this.items = [...items]
  }

  readonly readTranscript = (query: TranscriptQuery, call?: Call): Promise<ReadPage> => {
    call?.leaving?.()
    this.queries.push(query)
    const failure = this.failures.shift()
    return failure === undefined ? this.#page(query) : Promise.reject(failure)
  }

  async #page(query: TranscriptQuery): Promise<ReadPage> {
    const size = Math.min(query.maxResults, this.pageSize)
    const from = this.#from(query)
    const isForward = query.direction === 'FORWARD'
    const start = isForward ? from : Math.max(0, from - size)
    const items = this.items.slice(start, isForward ? from + size : from)
    const next = isForward ? from + items.length : start
    const isEnd = isForward ? next >= this.items.length : next === 0
    return { items, nextToken: isEnd ? null : String(next), at: 1_000_000 }
  }

  #from({ nextToken, start }: TranscriptQuery): number {
    if (nextToken !== undefined) return Number(nextToken)
    if (start === undefined || !('id' in start)) return this.items.length
    const { id } = start
    const index = this.items.findIndex(({ serviceId }) => serviceId === id)
    if (!this.takesIds || index < 0) throw new ServiceError('refused', 'no such id', { status: 400 })
    return this.isInclusive ? index : index + 1
  }
}
