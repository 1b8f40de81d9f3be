import { checkRecovered, exchangeTakes, isComplete } from './invariants.ts'
import type { Plan } from './plan.ts'
import { socketDenials } from './simulated-network.ts'
import { customer } from './simulated-room.ts'
import type { World } from './world.ts'

const look = 500
/** Ten seconds of patience with sockets, and the time a call takes that hung. */
const settlesIn = 45_000
/** The longest pause between two readings. */
const readWithin = 15_000

/** Where sockets are denied and calls work, everything is sent and read all the same, a little later. */
export async function checkWithoutSockets(world: World, plan: Plan): Promise<readonly string[]> {
  const { service } = world
  if (service.room.endedAt !== null) return []
  const how = socketDenials[plan.conditions.seed % socketDenials.length] ?? 'blocked'
  service.network.faults.noSockets = how
  service.sockets.drop('1006')
  if (Math.floor(plan.conditions.seed / 16) % 2 === 1) await beginAnew(world)
  await world.act({ after: 0, do: 'agent-sends', count: 2, same: false })
  service.tell(service.room.say('can you read this?', customer))
  if (
    !(await happens(
      world,
      settlesIn + exchangeTakes(world, plan),
      () => isPolling(world) && isComplete(world, plan),
    ))
  ) {
    return [`sockets ${how}: ${JSON.stringify(world.session?.summary().link)}, not complete`]
  }
  service.tell(service.room.say('and this?', customer))
  if (!(await happens(world, readWithin + exchangeTakes(world, plan), () => isComplete(world, plan)))) {
    return [`sockets ${how}: what was said is not read`]
  }
  service.network.faults.noSockets = null
  return (await checkRecovered(world, plan)).map((one) => `after sockets were ${how}: ${one}`)
}

/** The app starts, and has nothing to call with but the participant token. */
async function beginAnew(world: World): Promise<void> {
  await world.crash(0)
  world.tokens.forget()
  await world.start()
}

async function happens(world: World, within: number, claim: () => boolean): Promise<boolean> {
  for (let waited = 0; waited <= within; waited += look) {
    if (claim()) return true
    await world.clock.advance(look)
  }
  return false
}

function isPolling(world: World): boolean {
  return world.session?.summary().link.phase === 'polling'
}
