import type { PlacedItem, ServiceItem } from '../participant/service-item.ts'

/** The place from which everything later has to be read. */
export interface Cursor {
  readonly serviceId: string | null
  readonly at: number
}

/** The beginning of a conversation that was still empty when it was read. */
export const origin: Cursor = { serviceId: null, at: -Infinity }

/** The service may file an item a little behind later ones, so each reading begins a little before the last one ended. */
export const overlap = 10_000

/** What has been read so far, as far as the next page or the next reading depends on it. */
export class Trail {
  readonly #cursor: Cursor
  #recent: PlacedItem[] = []

  constructor(cursor: Cursor) {
    this.#cursor = cursor
  }

  /** The id of the last item so far. */
  get end(): string | null {
    return this.last?.serviceId ?? null
  }

  get last(): Cursor | null {
    const last = this.#recent.at(-1)
    return last === undefined ? null : { serviceId: last.serviceId, at: last.at }
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
