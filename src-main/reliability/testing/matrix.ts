import type { Cell } from './fault-plans.ts'
import type { Outcome } from './trial.ts'
import { attempt } from './trial.ts'

/** Cells mostly wait, so this many share the time. */
const atOnce = 24

/** Starts all trials, the long ones first, and returns at once. */
export function attemptAll(cells: readonly Cell[]): ReadonlyMap<Cell, Promise<Outcome>> {
  const outcomes = new Map<Cell, Promise<Outcome>>()
  const queue = [...cells].sort((a, b) => b.plan.lasts - a.plan.lasts)
  const work = async (): Promise<void> => {
    for (let cell = queue.shift(); cell !== undefined; cell = queue.shift()) {
      const waiting = waitingFor.get(cell)
      await attempt(cell).then(waiting?.resolve, waiting?.reject)
    }
  }
  const waitingFor = new Map(queue.map((cell) => [cell, deferred<Outcome>()]))
  for (const [cell, { promise }] of waitingFor) outcomes.set(cell, promise)
  for (let lane = 0; lane < atOnce; lane += 1) void work()
  return outcomes
}

interface Deferred<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
  readonly reject: (error: unknown) => void
}

function deferred<T>(): Deferred<T> {
  let resolve: Deferred<T>['resolve'] = () => undefined
  let reject: Deferred<T>['reject'] = () => undefined
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  // Whoever asks for it sees the failure; until then it is not unhandled.
  promise.catch(() => undefined)
  return { promise, resolve, reject }
}
