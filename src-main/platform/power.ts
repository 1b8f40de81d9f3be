import { net, powerMonitor } from 'electron'
import type { Clock, Stop } from '../chat/clock.ts'

const lookEvery = 1_000
/** A tick this late means the computer slept, also where the system does not say so. */
const sleptAfter = 20_000

export interface PowerListener {
  resumed(): void
  onlineChanged(isOnline: boolean): void
}

/** Tells when the computer woke up and when it lost or found a network. */
export function watchPower(clock: Clock, listener: PowerListener): Stop {
  const resumed = (): void => {
    listener.resumed()
  }
  powerMonitor.on('resume', resumed)
  powerMonitor.on('unlock-screen', resumed)
  let wasOnline = net.isOnline()
  let lastLook = clock.now()
  let stop: Stop = () => undefined
  const look = (): void => {
    const now = clock.now()
    if (now - lastLook > sleptAfter) resumed()
    lastLook = now
    const isOnline = net.isOnline()
    if (isOnline !== wasOnline) listener.onlineChanged(isOnline)
    wasOnline = isOnline
    stop = clock.after(lookEvery, look)
  }
  stop = clock.after(lookEvery, look)
  return () => {
    stop()
    powerMonitor.off('resume', resumed)
    powerMonitor.off('unlock-screen', resumed)
  }
}
