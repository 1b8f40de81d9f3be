import type { Change, Patch } from '#shared/model.ts'
import type { Clock, Stop } from '../chat/clock.ts'

const batchFor = 8

/**
 * Numbers and batches what changes. A patch holds at most one change per thing, the newest; timeline changes of
 * one chat are merged. Flushed before a snapshot is taken, so a snapshot never lags behind a patch it contains.
 */
export class DeskFeed {
  readonly #clock: Clock
  readonly #push: (patch: Patch) => void
  #pending = new Map<string, Change>()
  #revision = 0
  #stop: Stop | null = null

  constructor(clock: Clock, push: (patch: Patch) => void) {
    this.#clock = clock
    this.#push = push
  }

  get revision(): number {
    return this.#revision
  }

  publish(change: Change): void {
    if (change.kind === 'chat-removed') this.#dropChat(change.chatId)
    const key = keyOf(change)
    const before = this.#pending.get(key)
    this.#pending.set(key, before === undefined ? change : join(before, change))
    this.#stop ??= this.#clock.after(batchFor, () => {
      this.flush()
    })
  }

  flush(): void {
    this.#stop?.()
    this.#stop = null
    if (this.#pending.size === 0) return
    const changes = [...this.#pending.values()]
    this.#pending = new Map()
    this.#revision += 1
    this.#push({ revision: this.#revision, changes })
  }

  #dropChat(chatId: string): void {
    for (const kind of ['chat', 'timeline', 'uploads']) this.#pending.delete(`${kind} ${chatId}`)
  }
}

function keyOf(change: Change): string {
  if (change.kind === 'chat') return `chat ${change.chat.chatId}`
  return 'chatId' in change ? `${change.kind} ${change.chatId}` : change.kind
}

function join(before: Change, after: Change): Change {
  if (before.kind !== 'timeline' || after.kind !== 'timeline') return after
  const upserted = new Map(before.upserted.map((entry) => [entry.id, entry]))
  for (const entry of after.upserted) upserted.set(entry.id, entry)
  for (const id of after.removed) upserted.delete(id)
  const returned = new Set(after.upserted.map((entry) => entry.id))
  const removed = new Set([...before.removed.filter((id) => !returned.has(id)), ...after.removed])
  return { ...after, upserted: [...upserted.values()], removed: [...removed] }
}
