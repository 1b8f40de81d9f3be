import type { Counts } from './inventory.ts'
import type { StoreOpening } from './open-store.ts'

/** Whether a store that had to be opened again is without something it had: what was in memory only is gone. */
export function isLoss(before: StoreOpening, reopening: StoreOpening): boolean {
  if (before.state === 'memory' || before.state === 'newer') return true
  return reopening.state !== 'opened' || reopening.isNew || reopening.lost !== null
}

/** What was kept by earlier runs and is not there any more; null when nothing is known to be missing. */
export function lostBy(opening: StoreOpening): Counts | null {
  return opening.state === 'opened' || opening.state === 'replaced' ? opening.lost : null
}
