import type { TranscriptItem } from './transcript-item.ts'

/** The kept items of one contact: appended in time order, found by id or time without a walk. */
export class TranscriptLog {
  readonly #items: TranscriptItem[] = []
  readonly #times: number[] = []
  readonly #positions = new Map<string, number>()

  get length(): number {
    return this.#items.length
  }

  get all(): readonly TranscriptItem[] {
    return this.#items
  }

  append(item: TranscriptItem): void {
    this.#positions.set(item.Id, this.#items.length)
    this.#times.push(Date.parse(item.AbsoluteTime))
    this.#items.push(item)
  }

  find(id: string): TranscriptItem | undefined {
    const position = this.#positions.get(id)
    return position === undefined ? undefined : this.#items[position]
  }

  /** Keeps place, id and time: only what is said about the item changes. */
  change(id: string, change: Partial<TranscriptItem>): TranscriptItem | undefined {
    const position = this.#positions.get(id)
    const item = position === undefined ? undefined : this.#items[position]
    if (position === undefined || item === undefined) return undefined
    const changed = { ...item, ...change, Id: item.Id, AbsoluteTime: item.AbsoluteTime }
    this.#items[position] = changed
    return changed
  }

  positionOf(id: string): number | undefined {
    return this.#positions.get(id)
  }

  /** The first position whose time is `time` or later. */
  firstAt(time: number): number {
    let low = 0
    let high = this.#times.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#times[middle] ?? 0) < time) low = middle + 1
      else high = middle
    }
    return low
  }

  slice(from: number, to: number): readonly TranscriptItem[] {
    return this.#items.slice(Math.max(0, from), Math.max(0, to))
  }
}
