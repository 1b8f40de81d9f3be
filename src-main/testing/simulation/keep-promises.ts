import fc from 'fast-check'
import { plans } from './plan.ts'
import { simulate } from './simulate.ts'

/** Ten thousand worlds in two files, so that two processors share them. */
const worlds = Number(process.env['SIMULATION_WORLDS'] ?? 5000)

export const worldSeed = 20_260_105

/**
 * Plays many random worlds. Fails with the smallest plan that breaks a promise, and the seed to play it again:
 * `SIMULATION_SEED=… npx vitest run src-main/testing/simulation`.
 */
export async function keepPromises(usualSeed: number): Promise<void> {
  const seed = Number(process.env['SIMULATION_SEED'] ?? usualSeed)
  const property = fc.asyncProperty(plans, async (plan) => {
    const broken = await simulate(plan)
    if (broken.length > 0) throw new Error(broken.join('\n'))
  })
  await fc.assert(property, { numRuns: worlds, seed })
}
