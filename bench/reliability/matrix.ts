import type { Activity, Cell } from '../../src-main/reliability/testing/fault-plans.ts'
import { activities, cells } from '../../src-main/reliability/testing/fault-plans.ts'
import { attemptAll } from '../../src-main/reliability/testing/matrix.ts'
import type { Outcome } from '../../src-main/reliability/testing/trial.ts'
import { renderTable } from '../table.ts'

/** What became of one chat under one fault while it did one thing. */
export interface Trial {
  readonly fault: string
  readonly activity: Activity
  readonly outcome: Outcome
  readonly isKept: boolean
}

/** Every kind of fault × sending, receiving, idle; the same trials as the integration tests run. */
export async function runMatrix(): Promise<readonly Trial[]> {
  const outcomes = attemptAll(cells)
  return Promise.all(
    [...outcomes].map(async ([cell, pending]) => {
      const outcome = await pending
      return { fault: cell.plan.name, activity: cell.activity, outcome, isKept: isKept(cell, outcome) }
    }),
  )
}

/** An agent who is shut out is told what was not sent; everything else has to be as if nothing had happened. */
function isKept({ plan }: Cell, { phase, verdict, recovery }: Outcome): boolean {
  const { unsent, ...rest } = verdict
  const isUntouched = Object.values(rest).every((count) => count === 0)
  const isWanted = plan.end === undefined ? phase === 'live' && unsent === 0 : phase === 'ended'
  return isUntouched && isWanted && recovery < Infinity
}

export function renderMatrix(trials: readonly Trial[]): string {
  const faults = [...new Set(cells.map(({ plan }) => plan.name))]
  const lines = faults.map((fault) => [
    fault,
    ...activities.map((activity) => {
      const trial = trials.find((one) => one.fault === fault && one.activity === activity)
      return trial === undefined ? '—' : told(trial)
    }),
  ])
  return renderTable([['Fault', ...activities], ...lines])
}

function told({ outcome, isKept }: Trial): string {
  const { verdict, recovery, phase } = outcome
  if (!isKept) return `BROKEN: ${phase}, ${JSON.stringify(verdict)}`
  const { lost, twice, appliedTwice, misordered } = verdict
  return `${lost} lost, ${twice + appliedTwice} twice, ${misordered} misordered; ${phase} after ${recovery} ms`
}
