import type { Stream } from 'node:stream'
import type { Fault } from '../faults/faults.ts'
import type { World } from '../world.ts'

/** Settles when a hanging call has no reason to hang any more: the fault is over, or the caller has gone. */
export function untilReleased(
  world: World,
  { fault, caller }: { readonly fault: Fault; readonly caller: Stream },
): Promise<void> {
  return new Promise((resolve) => {
    const stopTimer =
      fault.durationMs === undefined ? undefined : world.clock.after(fault.durationMs, () => finish())
    const stopWatching = world.faults.onCleared(() => finish())
    const finish = (): void => {
      stopTimer?.()
      stopWatching()
      resolve()
    }
    caller.once('close', finish)
  })
}
