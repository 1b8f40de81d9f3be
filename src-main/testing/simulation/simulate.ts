import { checkAll, checkListening, checkRecovered, checkSockets } from './invariants.ts'
import type { Plan } from './plan.ts'
import { checkWithoutSockets } from './without-sockets.ts'
import { World } from './world.ts'

/** Plays one plan to its end. Returns every promise that was broken, in words. */
export async function simulate(plan: Plan): Promise<readonly string[]> {
  const world = new World(plan)
  await world.start()
  for (const action of plan.actions) await world.act(action)
  await world.calm()
  const broken = await checkRecovered(world, plan)
  if (broken.length > 0) return broken
  const deaf = await checkListening(world, plan)
  const denied = plan.conditions.seed % 16 === 1 ? await checkWithoutSockets(world, plan) : []
  const found = [...deaf, ...denied, ...checkAll(world, plan), ...(await checkSockets(world))]
  if (found.length > 0 || plan.conditions.seed % 4 !== 0) return found
  // What was written but not synced is lost, and still nothing is.
  await world.crash(0)
  await world.start()
  return [...(await checkRecovered(world, plan)), ...checkAll(world, plan)].map(
    (one) => `after a restart: ${one}`,
  )
}
