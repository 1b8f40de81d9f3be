import { powerMonitor } from 'electron'
import type { Clock, Stop } from '../chat/clock.ts'
import { Presence } from './presence-reasons.ts'

const lookEvery = 5000
/** The system may call a screen dark that somebody types in. */
const provedFor = 30_000

/** Tells when nobody can be looking: the screen is locked or off, the computer sleeps, somebody else is signed in. */
export function watchPresence(clock: Clock, changed: (isAway: boolean) => void): { proved: () => void } {
  const presence = new Presence(changed)
  let provedAt = Number.NEGATIVE_INFINITY
  powerMonitor.on('lock-screen', () => presence.leave('locked'))
  powerMonitor.on('unlock-screen', () => presence.comeBack())
  powerMonitor.on('suspend', () => presence.leave('asleep'))
  powerMonitor.on('resume', () => presence.end('asleep'))
  powerMonitor.on('user-did-resign-active', () => presence.leave('other-user'))
  powerMonitor.on('user-did-become-active', () => presence.end('other-user'))
  // No system tells of a display that goes dark; all of them answer when asked.
  const look = (): Stop => {
    const isDark = powerMonitor.getSystemIdleState(1) === 'locked'
    if (!isDark) presence.end('dark')
    else if (clock.now() - provedAt > provedFor) presence.leave('dark')
    return clock.after(lookEvery, look)
  }
  clock.after(lookEvery, look)
  return {
    proved: () => {
      provedAt = clock.now()
      presence.comeBack()
    },
  }
}
