import fc from 'fast-check'
import { expect, it } from 'vitest'
import { plans } from './plan.ts'
import { simulate } from './simulate.ts'

const runs = Number(process.env['SIMULATION_RUNS'] ?? 10_000)
const seed = Number(process.env['SIMULATION_SEED'] ?? 20_260_105)

it('keeps every promise in all simulated worlds', { timeout: 300_000 }, async () => {
  const property = fc.asyncProperty(plans, async (plan) => {
    expect(await simulate(plan)).toEqual([])
  })
  await fc.assert(property, { numRuns: runs, seed })
})
