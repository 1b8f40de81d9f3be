/** One thing that happened to a file, by its name in the folder. In the order in which it was done. */
export type DiskAct =
  | { readonly kind: 'create'; readonly name: string; readonly isEmptied: boolean }
  | { readonly kind: 'write'; readonly name: string; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'copy'; readonly name: string; readonly at: number; readonly from: CopySource }
  | { readonly kind: 'resize'; readonly name: string; readonly length: number; readonly isGrowth: boolean }
  | { readonly kind: 'rename'; readonly name: string; readonly to: string }
  | { readonly kind: 'unlink'; readonly name: string }
  /** What was done before it began is safe once it has ended. Without a name it is the folder's. */
  | { readonly kind: 'sync-began'; readonly syncId: number; readonly name: string | null }
  | { readonly kind: 'sync-ended'; readonly syncId: number }

export interface CopySource {
  readonly name: string
  readonly at: number
  readonly length: number
}

/** What a power cut leaves of what was not synced: nothing, or whatever the disk happened to have written. */
export type Survival =
  { readonly unsynced: 'gone' } | { readonly unsynced: 'some'; readonly random: () => number }

type Change =
  | { readonly step: number; readonly at: number; readonly bytes: Buffer }
  | { readonly step: number; readonly length: number }

/** A disk writes whole sectors, in any order. */
const sectorBytes = 4096

/** Bytes that grow without being copied each time. */
class Bytes {
  #store: Buffer
  #length: number

  constructor(bytes: Buffer) {
    this.#store = Buffer.from(bytes)
    this.#length = bytes.length
  }

  get view(): Buffer {
    return this.#store.subarray(0, this.#length)
  }

  apply(change: Change): void {
    if ('length' in change) return this.resize(change.length)
    const { at, bytes } = change
    this.resize(Math.max(this.#length, at + bytes.length))
    bytes.copy(this.#store, at)
  }

  resize(length: number): void {
    if (length > this.#store.length) {
      const larger = Buffer.alloc(length * 2)
      this.view.copy(larger)
      this.#store = larger
    }
    // What comes back after a cut is empty.
    if (length < this.#length) this.#store.fill(0, length, this.#length)
    this.#length = length
  }
}

class Content {
  /** As programs see it. */
  readonly seen: Bytes
  readonly safe: Bytes
  #unsynced: Change[] = []

  constructor(bytes: Buffer) {
    this.seen = new Bytes(bytes)
    this.safe = new Bytes(bytes)
  }

  change(change: Change): void {
    this.seen.apply(change)
    this.#unsynced.push(change)
  }

  sync(before: number): void {
    for (const change of this.#unsynced) if (change.step < before) this.safe.apply(change)
    this.#unsynced = this.#unsynced.filter(({ step }) => step >= before)
  }

  after(survival: Survival): Buffer {
    const left = new Bytes(this.safe.view)
    if (survival.unsynced === 'some')
      for (const change of this.#unsynced)
        for (const part of partsOf(change)) if (survival.random() < 0.5) left.apply(part)
    return left.view
  }
}

interface NameChange {
  readonly step: number
  readonly name: string
  /** Null where the name is gone. */
  readonly content: Content | null
}

/** A folder as a power cut would leave it: content is safe once its file was synced, a name once the folder was. */
export class Disk {
  readonly #seen: Map<string, Content>
  readonly #safe: Map<string, Content>
  readonly #syncs = new Map<number, { readonly began: number; readonly content: Content | null }>()
  #unsyncedNames: NameChange[] = []
  #step = 0

  /** All of `files` is safe. */
  constructor(files: ReadonlyMap<string, Buffer>) {
    this.#seen = new Map([...files].map(([name, bytes]) => [name, new Content(bytes)]))
    this.#safe = new Map(this.#seen)
  }

  do(act: DiskAct): void {
    this.#step += 1
    switch (act.kind) {
      case 'create':
        if (!this.#seen.has(act.name)) this.#name(act.name, new Content(Buffer.alloc(0)))
        else if (act.isEmptied) this.#seen.get(act.name)?.change({ step: this.#step, length: 0 })
        return
      case 'write':
        return this.#change(act.name, { step: this.#step, at: act.at, bytes: act.bytes })
      case 'copy': {
        const { name, at, length } = act.from
        const bytes = Buffer.from(this.#seen.get(name)?.seen.view.subarray(at, at + length) ?? [])
        return this.#change(act.name, { step: this.#step, at: act.at, bytes })
      }
      case 'resize': {
        if (act.isGrowth && (this.#seen.get(act.name)?.seen.view.length ?? 0) >= act.length) return
        return this.#change(act.name, { step: this.#step, length: act.length })
      }
      case 'rename': {
        const content = this.#seen.get(act.name)
        if (content === undefined) return
        this.#name(act.name, null)
        this.#name(act.to, content)
        return
      }
      case 'unlink':
        return this.#name(act.name, null)
      case 'sync-began': {
        const content = act.name === null ? null : this.#seen.get(act.name)
        if (content !== undefined) this.#syncs.set(act.syncId, { began: this.#step, content })
        return
      }
      case 'sync-ended':
        return this.#sync(act.syncId)
    }
  }

  /** As every program sees it while the power is on. */
  seen(): ReadonlyMap<string, Buffer> {
    return new Map([...this.#seen].map(([name, { seen }]) => [name, seen.view]))
  }

  afterPowerCut(survival: Survival): ReadonlyMap<string, Buffer> {
    const names = new Map(this.#safe)
    // The folder's journal is written in order, up to some point.
    const kept =
      survival.unsynced === 'gone' ? 0 : Math.floor(survival.random() * (this.#unsyncedNames.length + 1))
    for (const change of this.#unsyncedNames.slice(0, kept)) applyName(names, change)
    return new Map([...names].map(([name, content]) => [name, content.after(survival)]))
  }

  #change(name: string, change: Change): void {
    this.#seen.get(name)?.change(change)
  }

  #name(name: string, content: Content | null): void {
    const change = { step: this.#step, name, content }
    applyName(this.#seen, change)
    this.#unsyncedNames.push(change)
  }

  #sync(syncId: number): void {
    const sync = this.#syncs.get(syncId)
    if (sync === undefined) return
    this.#syncs.delete(syncId)
    if (sync.content !== null) {
      sync.content.sync(sync.began)
      return
    }
    for (const change of this.#unsyncedNames) if (change.step < sync.began) applyName(this.#safe, change)
    this.#unsyncedNames = this.#unsyncedNames.filter(({ step }) => step >= sync.began)
  }
}

function applyName(names: Map<string, Content>, { name, content }: NameChange): void {
  if (content === null) names.delete(name)
  else names.set(name, content)
}

function partsOf(change: Change): readonly Change[] {
  if ('length' in change) return [change]
  const parts: Change[] = []
  for (let from = 0; from < change.bytes.length;) {
    const at = change.at + from
    const until = from + sectorBytes - (at % sectorBytes)
    parts.push({ step: change.step, at, bytes: change.bytes.subarray(from, until) })
    from = until
  }
  return parts
}
