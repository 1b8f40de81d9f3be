import type { Clock, Stop } from '../chat/clock.ts'
import { Presence } from './presence-reasons.ts'

const lookEvery = 5000
/** The system may call a screen dark that somebody types in. */
const provedFor = 30_000

/** What the system tells of its screen, as Electron's power monitor does. */
export interface ScreenPower {
  on(event: PowerEvent, listener: () => void): unknown
  getSystemIdleState(idleAfterSeconds: number): string
}

export type PowerEvent =
  'lock-screen' | 'unlock-screen' | 'suspend' | 'resume' | 'user-did-resign-active' | 'user-did-become-active'

/** Tells when nobody can be looking: the screen is locked or off, the computer sleeps, somebody else is signed in. */
export function watchScreen(
  power: ScreenPower,
  clock: Clock,
  changed: (isAway: boolean) => void,
): { proved: () => void } {
  const presence = new Presence(changed)
  let provedAt = Number.NEGATIVE_INFINITY
  power.on('lock-screen', () => {
    presence.leave('locked')
  })
  power.on('unlock-screen', () => {
    presence.comeBack()
  })
  power.on('suspend', () => {
    presence.leave('asleep')
  })
  power.on('resume', () => {
    presence.end('asleep')
  })
  power.on('user-did-resign-active', () => {
    presence.leave('other-user')
  })
  power.on('user-did-become-active', () => {
    presence.end('other-user')
  })
  // No system tells of a display that goes dark; all of them answer when asked.
  const look = (): Stop => {
    const isDark = power.getSystemIdleState(1) === 'locked'
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
