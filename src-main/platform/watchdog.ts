import type { BrowserWindow } from 'electron'
import type { Clock } from '../chat/clock.ts'
import type { Log } from './log.ts'

const within = 60_000
const mostReloads = 3

export interface WatchdogPorts {
  readonly clock: Clock
  readonly log: Log
  /** The window failed too often to be reloaded once more. */
  readonly gaveUp: () => void
}

/**
 * Brings the page back when it crashed or hangs. Sockets, outbox and drafts live here in main and do not notice.
 * After three reloads within a minute it stops, since a page that cannot start must not flicker for ever.
 */
export function guardRenderer(window: BrowserWindow, { clock, log, gaveUp }: WatchdogPorts): void {
  let reloads: readonly number[] = []
  const reload = (reason: string): void => {
    const now = clock.now()
    reloads = [...reloads.filter((at) => now - at < within), now]
    log.warn('renderer-lost', { reason, reloads: reloads.length })
    if (reloads.length > mostReloads) {
      gaveUp()
      return
    }
    window.webContents.reload()
  }
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason !== 'clean-exit') reload(details.reason)
  })
  window.on('unresponsive', () => {
    // The crashed page is then reported and reloaded by the listener above.
    window.webContents.forcefullyCrashRenderer()
  })
}
