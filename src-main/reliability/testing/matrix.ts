import type { Cell } from './fault-plans.ts'
import { inLanes } from './lanes.ts'
import type { Outcome } from './trial.ts'
import { attempt } from './trial.ts'

/** Starts all trials, the long ones first, and returns at once. */
export function attemptAll(cells: readonly Cell[]): ReadonlyMap<Cell, Promise<Outcome>> {
  return inLanes(
    [...cells].sort((a, b) => b.plan.lasts - a.plan.lasts),
    attempt,
  )
}
