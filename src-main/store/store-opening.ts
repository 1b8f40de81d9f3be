import type { StoreOpening } from './open-store.ts'

/** The store knows everything that an earlier run, or the time before its thread died, left in it. */
export function isWhole(opening: StoreOpening): boolean {
  return opening.state === 'opened' && !opening.isNew
}

/** Whether a store that had to be opened again is without something it had: what was in memory only is gone. */
export function isLoss(before: StoreOpening, reopening: StoreOpening): boolean {
  return before.state === 'memory' || !isWhole(reopening)
}
