import type { ServerResponse } from 'node:http'
import type { Fault } from '../faults/faults.ts'
import type { World } from '../world.ts'

/** Settles when a hanging call has no reason to hang any more: the fault is over, or the caller has gone. */
export function untilReleased(
  world: World,
  hanging: { readonly fault: Fault; readonly response: ServerResponse },
): Promise<void> {
  const { fault, response } = hanging
  return new Promise((resolve) => {
    const stopTimer =
      fault.durationMs === undefined ? undefined : world.clock.after(fault.durationMs, () => finish())
    const stopWatching = world.faults.onCleared(() => finish())
    const finish = (): void => {
      stopTimer?.()
      stopWatching()
      resolve()
    }
    response.once('close', finish)
  })
}
