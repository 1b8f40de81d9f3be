import { receiveMessageOnPort } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import type { Entry } from '#shared/entry.ts'
import { DeskError } from '#shared/failure.ts'
import type { Database } from './database.ts'
import type { Inventory } from './inventory.ts'
import { entriesOf, performTogether, withEntries } from './store-calls.ts'
import type { StoreCall } from './store-calls.ts'
import { toStoreFailure } from './store-failure.ts'
import { portions, portionSize } from './store-wire.ts'
import type { FromWorker, ToWorker } from './store-wire.ts'

interface WaitingCall {
  readonly id: number
  readonly call: StoreCall
}

const syncWithin = 500

/** Answers calls in order. Those that wait together share a commit, as many as the other thread likes to hear of at once. */
export class StoreServer {
  readonly #database: Database
  readonly #inventory: Inventory
  readonly #port: MessagePort
  readonly #ahead = new Map<number, Entry[]>()
  readonly #unsent = new Map<number, Iterator<readonly unknown[]>>()
  #waiting: WaitingCall[] = []
  #isClosing = false
  #syncing: NodeJS.Timeout | null = null

  constructor(database: Database, inventory: Inventory, port: MessagePort) {
    this.#database = database
    this.#inventory = inventory
    this.#port = port
    port.on('message', (messages: readonly ToWorker[]) => {
      this.#take(messages)
      this.#work()
    })
  }

  #work(): void {
    for (let calls = this.#next(); calls.length > 0; calls = this.#next()) this.#answer(calls)
    this.#syncSoon()
    if (!this.#isClosing || this.#unsent.size > 0) return
    clearTimeout(this.#syncing ?? undefined)
    this.#database.close()
    this.#port.close()
  }

  #next(): readonly WaitingCall[] {
    for (
      let more = receiveMessageOnPort(this.#port);
      more !== undefined;
      more = receiveMessageOnPort(this.#port)
    )
      // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- posted by `StoreThread` only
      this.#take(more.message as readonly ToWorker[])
    let weight = 0
    const end = this.#waiting.findIndex(({ call }) => {
      weight += 1 + entriesOf(call).length
      return weight > portionSize
    })
    const count = end < 0 ? this.#waiting.length : Math.max(1, end)
    const calls = this.#waiting.slice(0, count)
    this.#waiting = this.#waiting.slice(count)
    return calls
  }

  /** What the service has as well may be lost with the power, but not the work of a day. */
  #syncSoon(): void {
    if (!this.#database.isUnsynced) return
    this.#syncing ??= setTimeout(() => {
      this.#syncing = null
      this.#sync()
    }, syncWithin)
  }

  #sync(): void {
    try {
      this.#database.sync()
    } catch (error) {
      // A disk that refuses is told by the writes themselves.
      if (!(toStoreFailure(error) instanceof DeskError)) throw error
    }
  }

  #take(messages: readonly ToWorker[]): void {
    for (const message of messages)
      switch (message.kind) {
        case 'ahead': {
          const entries = this.#ahead.get(message.id) ?? []
          entries.push(...message.entries)
          this.#ahead.set(message.id, entries)
          break
        }
        case 'call': {
          const entries = this.#ahead.get(message.id)
          this.#ahead.delete(message.id)
          const call = entries === undefined ? message.call : withEntries(message.call, entries)
          this.#waiting.push({ id: message.id, call })
          break
        }
        case 'more':
          this.#send([this.#nextPortion(message.id)])
          break
        case 'close':
          this.#isClosing = true
          break
      }
  }

  #answer(calls: readonly WaitingCall[]): void {
    const outcomes = performTogether(
      this.#database,
      calls.map(({ call }) => call),
    )
    this.#inventory.took(calls.flatMap(({ call }, index) => (outcomes[index]?.ok === true ? call : [])))
    this.#send(
      outcomes.map((outcome, index) => {
        const id = calls[index]?.id ?? -1
        if (!outcome.ok) return failureOf(id, outcome.error)
        if (!Array.isArray(outcome.value) || outcome.value.length <= portionSize)
          return { kind: 'done', id, value: outcome.value }
        this.#unsent.set(id, portions<unknown>(outcome.value)[Symbol.iterator]())
        return this.#nextPortion(id)
      }),
    )
  }

  #nextPortion(id: number): FromWorker {
    const next = this.#unsent.get(id)?.next()
    if (next !== undefined && next.done !== true) return { kind: 'portion', id, values: next.value }
    this.#unsent.delete(id)
    return { kind: 'done', id, value: [] }
  }

  #send(messages: readonly FromWorker[]): void {
    this.#port.postMessage(messages)
  }
}

function failureOf(id: number, error: unknown): FromWorker {
  const failure = toStoreFailure(error)
  if (failure instanceof DeskError) return { kind: 'failed', id, ...failure.failure }
  return { kind: 'bug', id, message: failure.stack ?? failure.message }
}
