import { session } from 'electron'
import type { BrowserProxies } from './proxy-choice.ts'

/** Chromium finds the computer's own settings, and fetches and runs scripts. Scripts get sessions of their own. */
export const sessionProxies: BrowserProxies = {
  system: (origin) => session.defaultSession.resolveProxy(origin),
  byScript(pacScript) {
    const own = session.fromPartition(`proxy script ${pacScript}`, { cache: false })
    const isSet = own.setProxy({ mode: 'pac_script', pacScript })
    return async (origin) => {
      await isSet
      return own.resolveProxy(origin)
    }
  },
}
