import { powerMonitor } from 'electron'
import type { Clock } from '../chat/clock.ts'
import { watchScreen } from './presence-watch.ts'

export function watchPresence(clock: Clock, changed: (isAway: boolean) => void): { proved: () => void } {
  const events: NodeJS.EventEmitter = powerMonitor
  const power = {
    on: events.on.bind(events),
    getSystemIdleState: (seconds: number) => powerMonitor.getSystemIdleState(seconds),
  }
  return watchScreen(power, clock, changed)
}
