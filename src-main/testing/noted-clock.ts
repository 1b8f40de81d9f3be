import type { Clock } from '../chat/clock.ts'
import { systemClock } from '../platform/system-clock.ts'

/** The real clock, which also tells which waits were asked of it. */
export class NotedClock implements Clock {
  readonly waits: number[] = []

  now(): number {
    return systemClock.now()
  }

  uptime(): number {
    return systemClock.uptime()
  }

  after(milliseconds: number, run: () => void): () => void {
    this.waits.push(milliseconds)
    return systemClock.after(milliseconds, run)
  }
}
