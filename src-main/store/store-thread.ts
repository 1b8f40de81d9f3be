import { Worker } from 'node:worker_threads'
import { DeskError, unreachable } from '#shared/failure.ts'
import type { Failure } from '#shared/failure.ts'
import type { Counts } from './inventory.ts'
import type { Unusable } from './open-database.ts'
import { entriesOf, withEntries } from './store-calls.ts'
import type { StoreCall } from './store-calls.ts'
import { portions, portionSize } from './store-wire.ts'
import type { FromWorker, ToWorker, WorkerStart } from './store-wire.ts'

export type ThreadStart =
  | {
      readonly state: 'opened'
      readonly thread: StoreThread
      readonly isNew: boolean
      readonly rescued: number
      readonly lost: Counts | null
    }
  | { readonly state: 'unusable'; readonly reason: Unusable }
  | { readonly state: 'unopened'; readonly failure: Failure }

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
  readonly portions: unknown[]
}

const stopped = (): DeskError =>
  new DeskError(
    'not-saved',
    'Saving on this computer stopped for a moment, so this may not be saved. Try again.',
  )

/** One run of the thread that owns the database. Calls are answered in order; none outlives the thread. */
export class StoreThread {
  readonly #worker: Worker
  readonly #pending = new Map<number, Pending>()
  /** Portions that have not crossed yet; each crosses in a turn of its own. */
  readonly #waiting: (readonly ToWorker[])[] = []
  #turn: ToWorker[] = []
  #turnSize = 0
  #isScheduled = false
  #lastId = 0
  #hasEnded = false
  /** Resolves with the error that ended the thread, or null after `close`. */
  readonly ended: Promise<Error | null>

  private constructor(worker: Worker) {
    this.#worker = worker
    let fatal: Error | null = null
    worker.on('error', (error: unknown) => {
      fatal = error instanceof Error ? error : new Error(String(error))
    })
    this.ended = new Promise((resolve) => {
      worker.once('exit', (code) => {
        this.#hasEnded = true
        for (const pending of this.#pending.values()) pending.reject(stopped())
        this.#pending.clear()
        resolve(fatal ?? (code === 0 ? null : new Error(`The store thread ended with code ${code}`)))
      })
    })
  }

  /** Resolves once the file is open, or the thread has ended because it cannot be. */
  static async start(workerUrl: URL, start: WorkerStart): Promise<ThreadStart> {
    const thread = new StoreThread(new Worker(workerUrl, { workerData: start, stdout: false, stderr: false }))
    const first = await new Promise<FromWorker | Error | null>((resolve) => {
      thread.#worker.once('message', (messages: readonly FromWorker[]) => resolve(messages[0] ?? null))
      void thread.ended.then(resolve)
    })
    if (first === null || first instanceof Error) throw first ?? new Error('The store thread ended at once')
    if (first.kind === 'opened') {
      thread.#worker.on('message', (messages: readonly FromWorker[]) =>
        messages.forEach((m) => thread.#take(m)),
      )
      const { isNew, rescued, lost } = first
      return { state: 'opened', thread, isNew, rescued, lost }
    }
    await thread.ended
    if (first.kind === 'unusable') return { state: 'unusable', reason: first.reason }
    if (first.kind === 'unopened')
      return { state: 'unopened', failure: { code: first.code, message: first.message } }
    throw new Error(`The store thread began with ${first.kind}`)
  }

  call(call: StoreCall): Promise<unknown> {
    if (this.#hasEnded) return Promise.reject(stopped())
    this.#lastId += 1
    const id = this.#lastId
    for (const message of messagesFor(id, call)) this.#post(message)
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, portions: [] })
    })
  }

  /** Writes what is waiting, then ends the thread. */
  async close(): Promise<void> {
    this.#post({ kind: 'close' })
    await this.ended
  }

  #post(message: ToWorker): void {
    const size = sizeOf(message)
    if (this.#turnSize + size > portionSize) this.#endTurn()
    this.#turn.push(message)
    this.#turnSize += size
    if (this.#isScheduled) return
    this.#isScheduled = true
    queueMicrotask(() => this.#send())
  }

  #endTurn(): void {
    if (this.#turn.length > 0) this.#waiting.push(this.#turn)
    this.#turn = []
    this.#turnSize = 0
  }

  #send(): void {
    this.#isScheduled = false
    if (this.#waiting.length === 0) this.#endTurn()
    const messages = this.#waiting.shift()
    if (messages !== undefined && !this.#hasEnded) this.#worker.postMessage(messages)
    if (this.#waiting.length === 0 && this.#turn.length === 0) return
    this.#isScheduled = true
    setImmediate(() => this.#send())
  }

  #take(message: FromWorker): void {
    switch (message.kind) {
      case 'portion':
        this.#pending.get(message.id)?.portions.push(...message.values)
        setImmediate(() => this.#post({ kind: 'more', id: message.id }))
        return
      case 'done':
        this.#settle(message.id, ({ resolve, portions: values }) => {
          resolve(values.length > 0 ? values : message.value)
        })
        return
      case 'failed':
        this.#settle(message.id, ({ reject }) => reject(new DeskError(message.code, message.message)))
        return
      case 'bug':
        this.#settle(message.id, ({ reject }) => reject(new Error(message.message)))
        return
      case 'opened':
      case 'unusable':
      case 'unopened':
        throw new Error(`The store thread said ${message.kind} twice`)
      default:
        unreachable(message)
    }
  }

  #settle(id: number, settle: (pending: Pending) => void): void {
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    if (pending !== undefined) settle(pending)
  }
}

function sizeOf(message: ToWorker): number {
  switch (message.kind) {
    case 'ahead':
      return message.entries.length
    case 'call':
      return 1 + entriesOf(message.call).length
    case 'more':
    case 'close':
      return 1
  }
}

/** A call with many entries, split so that no single copy holds up this thread. */
function* messagesFor(id: number, call: StoreCall): Iterable<ToWorker> {
  const entries = entriesOf(call)
  if (entries.length <= portionSize) {
    yield { kind: 'call', id, call }
    return
  }
  for (const portion of portions(entries)) yield { kind: 'ahead', id, entries: portion }
  yield { kind: 'call', id, call: withEntries(call, []) }
}
