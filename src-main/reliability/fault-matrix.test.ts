import { beforeAll, describe, expect, it } from 'vitest'
import { faultKinds } from '#simulator/faults/faults.ts'
import type { Cell } from './testing/fault-plans.ts'
import { activities, cells } from './testing/fault-plans.ts'
import { attemptAll } from './testing/matrix.ts'
import type { Outcome } from './testing/trial.ts'
import { spotless } from './testing/verdict.ts'

const matrixTakes = 90_000

let outcomes: ReadonlyMap<Cell, Promise<Outcome>>

beforeAll(() => {
  outcomes = attemptAll(cells)
})

const named = (isMeant: (cell: Cell) => boolean) =>
  cells.filter(isMeant).map((cell) => ({
    fault: cell.plan.name,
    activity: cell.activity,
    outcome: () => outcomes.get(cell),
    cell,
  }))

describe('a chat in trouble', () => {
  it.each(named(({ plan }) => plan.end === undefined))(
    'is live, whole and in order after $fault while $activity',
    async ({ outcome }) => {
      expect(await outcome()).toMatchObject({ phase: 'live', verdict: spotless })
      expect((await outcome())?.recovery).toBeLessThan(Infinity)
    },
    matrixTakes,
  )

  it.each(named(({ plan }) => plan.end === 'rejected'))(
    'has ended, and says what was not delivered, after $fault while $activity',
    async ({ outcome }) => {
      const unsent = expect.any(Number) as number
      expect(await outcome()).toMatchObject({
        phase: 'ended',
        endReason: 'rejected',
        verdict: { ...spotless, unsent },
      })
    },
    matrixTakes,
  )

  it.each(named(({ plan, activity }) => plan.file !== undefined && activity === 'sending'))(
    'has sent its file once after $fault',
    async ({ outcome, cell }) => {
      expect((await outcome())?.files).toEqual([cell.plan.file])
    },
    matrixTakes,
  )

  it.each(named(({ kind }) => kind === 'throttle'))(
    'never asks too often while $activity',
    async ({ outcome }) => {
      expect((await outcome())?.throttled).toBe(0)
    },
    matrixTakes,
  )

  it('was tried with every kind of fault in everything a chat does', () => {
    const tried = new Set(cells.map(({ kind, activity }) => `${kind} ${activity}`))
    expect(tried.size).toBe(faultKinds.length * activities.length)
  })
})
