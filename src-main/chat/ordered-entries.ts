import type { Entry } from '#shared/entry.ts'
import { compareEntries } from '#shared/entry.ts'

/** Entries in conversation order, found by either id, remembering what was touched since last asked. */
export class OrderedEntries {
  readonly #sorted: Entry[]
  readonly #byId = new Map<string, Entry>()
  readonly #byServiceId = new Map<string, string>()
  #snapshot: readonly Entry[] | null = null
  #touched = new Set<string>()
  #removed = new Set<string>()

  constructor(entries: readonly Entry[]) {
    this.#sorted = entries.toSorted(compareEntries)
    for (const entry of entries) this.#index(entry)
  }

  /** Lives on: it changes under the reader's hands. */
  get all(): readonly Entry[] {
    return this.#sorted
  }

  /** As it is now, for whoever keeps it longer than a moment. */
  snapshot(): readonly Entry[] {
    this.#snapshot ??= this.#sorted.slice()
    return this.#snapshot
  }

  get(id: string): Entry | undefined {
    return this.#byId.get(id)
  }

  byServiceId(serviceId: string): Entry | undefined {
    return this.#byId.get(this.#byServiceId.get(serviceId) ?? '')
  }

  /** Where an entry of this conversation stands. */
  indexOf(entry: Entry): number {
    const index = this.#place(entry)
    return this.#sorted[index]?.id === entry.id ? index : -1
  }

  /** Adds the entry or puts it in the place of the one with its id. */
  put(entry: Entry): void {
    const before = this.#byId.get(entry.id)
    if (before === entry) return
    this.#snapshot = null
    this.#touched.add(entry.id)
    this.#removed.delete(entry.id)
    if (before !== undefined && compareEntries(before, entry) === 0) {
      this.#sorted[this.#place(before)] = entry
      this.#index(entry)
      return
    }
    if (before !== undefined) this.lift(entry.id)
    this.#sorted.splice(this.#place(entry), 0, entry)
    this.#index(entry)
  }

  /** Takes the entry out of its place; `put` gives it another. */
  lift(id: string): void {
    const entry = this.#byId.get(id)
    if (entry === undefined) return
    this.#snapshot = null
    const index = this.indexOf(entry)
    if (index >= 0) this.#sorted.splice(index, 1)
    this.#byId.delete(id)
    if (entry.serviceId !== null && this.#byServiceId.get(entry.serviceId) === id) {
      this.#byServiceId.delete(entry.serviceId)
    }
  }

  remove(id: string): void {
    if (!this.#byId.has(id)) return
    this.lift(id)
    this.#touched.delete(id)
    this.#removed.add(id)
  }

  takeChanges(): { readonly upserted: readonly Entry[]; readonly removed: readonly string[] } {
    const upserted = [...this.#touched].flatMap((id) => this.#byId.get(id) ?? []).sort(compareEntries)
    const removed = [...this.#removed]
    this.#touched = new Set()
    this.#removed = new Set()
    return { upserted, removed }
  }

  #index(entry: Entry): void {
    this.#byId.set(entry.id, entry)
    if (entry.serviceId !== null) this.#byServiceId.set(entry.serviceId, entry.id)
  }

  /** The first place whose entry does not come before this one. Looks at the end first: that is where most go. */
  #place(entry: Entry): number {
    const last = this.#sorted.at(-1)
    if (last === undefined || compareEntries(last, entry) < 0) return this.#sorted.length
    let low = 0
    let high = this.#sorted.length - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = this.#sorted[middle]
      if (other !== undefined && compareEntries(other, entry) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
