import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { MutantWorkshop } from './mutated-engine.ts'
import { mutants } from './mutants.ts'
import { plans } from './plan.ts'
import { worldSeed } from './keep-promises.ts'

const workshop = new MutantWorkshop()
afterAll(() => workshop.close())

/** The worlds in which the sound engine keeps every promise; see simulation.test.ts. */
const worlds = 5000

describe('the simulation notices an engine that', () => {
  it.each(mutants.map((mutant, number) => [mutant.bug, mutant, number] as const))(
    '%s',
    { timeout: 120_000 },
    async (_bug, mutant, number) => {
      const simulate = await workshop.load(mutant, number)
      const property = fc.asyncProperty(plans, async (plan) => (await simulate(plan)).length === 0)

      const { failed } = await fc.check(property, { numRuns: worlds, seed: worldSeed, endOnFailure: true })

      expect(failed).toBe(true)
    },
  )
})
