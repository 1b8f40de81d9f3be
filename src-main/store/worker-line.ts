import { DeskError } from '#shared/failure.ts'
import type { OpenedThread, StoreOpening } from './open-store.ts'
import type { StoreCall } from './store-calls.ts'
import { storeFailure } from './store-failure.ts'
import type { StoreLine } from './store-over-line.ts'
import type { StoreThread } from './store-thread.ts'

interface WorkerLineParts {
  readonly first: StoreThread
  readonly reopen: () => Promise<OpenedThread>
  readonly onReopened: (opening: StoreOpening) => void
}

const maxCrashesInARow = 3

/** Keeps a store thread running. A crash fails the calls under way; later ones go to the next thread. */
export class WorkerLine implements StoreLine {
  readonly #reopen: () => Promise<OpenedThread>
  readonly #onReopened: (opening: StoreOpening) => void
  #thread: Promise<StoreThread>
  #crashesInARow = 0
  #isClosed = false

  constructor({ first, reopen, onReopened }: WorkerLineParts) {
    this.#reopen = reopen
    this.#onReopened = onReopened
    this.#thread = Promise.resolve(first)
    this.#watch(first)
  }

  async call(call: StoreCall): Promise<unknown> {
    if (this.#isClosed) throw new DeskError('cancelled', 'Parley is closing.')
    const thread = await this.#thread
    const value = await thread.call(call)
    this.#crashesInARow = 0
    return value
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#thread.then(
      (thread) => thread.close(),
      () => undefined,
    )
  }

  #watch(thread: StoreThread): void {
    void thread.ended.then((error) => {
      if (error !== null && !this.#isClosed) this.#restart()
    })
  }

  #restart(): void {
    this.#crashesInARow += 1
    if (this.#crashesInARow > maxCrashesInARow) {
      this.#thread = Promise.reject(storeFailure('not-saved'))
      this.#thread.catch(() => undefined)
      return
    }
    const reopened = this.#reopen()
    this.#thread = reopened.then(({ thread }) => thread)
    reopened.then(
      ({ thread, opening }) => {
        this.#watch(thread)
        this.#onReopened(opening)
      },
      () => this.#restart(),
    )
  }
}
