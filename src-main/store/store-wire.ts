import type { Entry } from '#shared/entry.ts'
import type { FailureCode } from '#shared/failure.ts'
import type { Counts } from './inventory.ts'
import type { Unusable } from './open-database.ts'
import type { Place } from './sqlite.ts'
import type { StoreCall } from './store-calls.ts'

/** How a store thread is started. `rescueFrom` is a damaged database whose sound records are taken over. */
export interface WorkerStart {
  readonly place: Place
  readonly rescueFrom: string | null
  /** Instances whose chats live no longer than a run: what is gone of them is not lost. */
  readonly passing: readonly string[]
}

/** Entries go ahead of their call in portions, so that neither thread copies thousands at once. */
export type ToWorker =
  | { readonly kind: 'ahead'; readonly id: number; readonly entries: readonly Entry[] }
  | { readonly kind: 'call'; readonly id: number; readonly call: StoreCall }
  /** The last portion has been taken in: send the next. */
  | { readonly kind: 'more'; readonly id: number }
  | { readonly kind: 'close' }

export type FromWorker =
  | {
      readonly kind: 'opened'
      readonly isNew: boolean
      readonly rescued: number
      /** What was noted before and is not there. */
      readonly lost: Counts | null
    }
  | { readonly kind: 'unusable'; readonly reason: Unusable }
  | { readonly kind: 'unopened'; readonly code: FailureCode; readonly message: string }
  /** Part of a long answer. The next follows when asked for: a thread takes in all that waits in one turn. */
  | { readonly kind: 'portion'; readonly id: number; readonly values: readonly unknown[] }
  | { readonly kind: 'done'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly code: FailureCode; readonly message: string }
  /** A mistake in the program, with its stack. */
  | { readonly kind: 'bug'; readonly id: number; readonly message: string }

/** Copying this many entries takes about a millisecond. */
export const portionSize = 500

export function* portions<T>(values: readonly T[]): Iterable<readonly T[]> {
  for (let start = 0; start < values.length; start += portionSize)
    yield values.slice(start, start + portionSize)
}
