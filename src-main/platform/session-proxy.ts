import { session } from 'electron'
import type { BrowserProxies } from './proxy-choice.ts'

/**
 * Chromium finds the computer's own settings, and fetches and runs scripts: each in a session of its own, since the one
 * of the page reaches nothing.
 */
export const sessionProxies: BrowserProxies = {
  system: (origin) => session.fromPartition('system proxies', { cache: false }).resolveProxy(origin),
  byScript(pacScript) {
    const own = session.fromPartition(`proxy script ${pacScript}`, { cache: false })
    let isSet: Promise<void> | null = null
    return async (origin) => {
      isSet ??= own.setProxy({ mode: 'pac_script', pacScript })
      await isSet
      // Empty when the script cannot be fetched or read.
      return own.resolveProxy(origin)
    }
  },
}
