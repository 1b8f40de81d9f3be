import type { Clock, Stop } from './clock.ts'

const tick = 5000
const gap = 20_000

/** Notices that the computer slept: its clock went on while its timers stood still. */
export function watchSleep(clock: Clock, slept: () => void): Stop {
  let last = clock.now()
  let stop: Stop = clock.after(tick, look)
  function look(): void {
    const now = clock.now()
    const wasAsleep = now - last > gap
    last = now
    stop = clock.after(tick, look)
    if (wasAsleep) slept()
  }
  return () => stop()
}
