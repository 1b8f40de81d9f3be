import type { BrowserWindow } from 'electron'
import type { Clock, Stop } from '../chat/clock.ts'
import type { Log } from './log.ts'

const remembered = 10 * 60_000
const atOnce = 2
const firstPause = 1000
const longestPause = 30_000
/** Something else came in between, as a reload does. */
const aborted = -3

export interface WatchdogPorts {
  readonly clock: Clock
  readonly log: Log
  /** How often it stopped in the last ten minutes, this time included. */
  readonly stopped: (times: number) => void
}

/** Milliseconds until a page that stopped so many times in a row is loaded again. */
export function pauseAfter(times: number): number {
  return times <= atOnce ? 0 : Math.min(longestPause, firstPause * 2 ** (times - atOnce - 1))
}

/**
 * Brings the page back when it crashed, hangs or could not be loaded. Sockets, outbox and drafts live here in main and
 * do not notice, so it never gives up; the pauses grow, since a page that cannot start must not flicker for ever.
 */
export function guardRenderer(window: BrowserWindow, { clock, log, stopped }: WatchdogPorts): void {
  const page = window.webContents
  let stops: readonly number[] = []
  let stopWaiting: Stop | null = null
  const bringBack = (reason: string): void => {
    if (window.isDestroyed() || stopWaiting !== null) return
    const now = clock.now()
    stops = [...stops.filter((at) => now - at < remembered), now]
    log.warn('renderer-lost', { reason, times: stops.length })
    stopped(stops.length)
    stopWaiting = clock.after(pauseAfter(stops.length), () => {
      stopWaiting = null
      if (!window.isDestroyed()) page.reload()
    })
  }
  page.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') bringBack(reason)
  })
  page.on('did-fail-load', (...[, code, , , isMainFrame]) => {
    if (isMainFrame && code !== aborted) bringBack('not-loaded')
  })
  window.on('unresponsive', () => {
    // The crashed page is then reported and reloaded by the listener above.
    page.forcefullyCrashRenderer()
  })
  window.on('closed', () => stopWaiting?.())
}
