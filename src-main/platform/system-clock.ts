import { uptime } from 'node:os'
import type { Clock } from '../chat/clock.ts'

// Longer waits overflow Node's 32-bit timers and would fire at once.
const longestWait = 2_147_483_647

export const systemClock: Clock = {
  now: () => Date.now(),
  uptime: () => uptime() * 1000,
  after(milliseconds, run) {
    const timer = setTimeout(run, Math.min(Math.max(milliseconds, 0), longestWait))
    return () => {
      clearTimeout(timer)
    }
  },
}
