import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { app } from 'electron'
import type { Clock } from '../chat/clock.ts'
import type { Log } from './log.ts'

const within = 60_000
const tooOften = 3
const markName = 'draw-in-software'

/**
 * Before `ready`. Chromium ends the whole application when its graphics process was lost six times; a picture is not
 * worth a conversation.
 */
export function keepGraphicsGoing(profile: string): void {
  app.commandLine.appendSwitch('disable-gpu-process-crash-limit')
  if (readMark(profile) === app.getVersion()) app.disableHardwareAcceleration()
}

/** What the graphics card could not draw, the next start draws without it, until there is another version. */
export function watchGraphics(
  profile: string,
  { clock, log, failed }: { clock: Clock; log: Log; failed: () => void },
): void {
  let losses: readonly number[] = []
  app.on('child-process-gone', (_event, { type, reason }) => {
    if (type !== 'GPU' || reason === 'clean-exit') return
    const now = clock.now()
    losses = [...losses.filter((at) => now - at < within), now]
    log.warn('graphics-lost', { reason, times: losses.length })
    if (losses.length < tooOften) return
    try {
      writeFileSync(path.join(profile, markName), app.getVersion(), { mode: 0o600 })
    } catch {
      // A profile that cannot be written to: the next start tries the card again.
      log.warn('graphics-not-marked')
    }
    failed()
  })
}

function readMark(profile: string): string | null {
  try {
    return readFileSync(path.join(profile, markName), 'utf8')
  } catch {
    return null
  }
}
