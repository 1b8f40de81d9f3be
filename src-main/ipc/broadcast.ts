import type { BrowserWindow } from 'electron'
import { pushChannel } from '#shared/bridge.ts'
import { pushes, type Push, type PushName } from '#shared/contract.ts'

/**
 * Sends one push to the window, parsed first: what is not in the contract does not leave main. False when nobody is
 * there to hear it.
 */
export function pushTo<N extends PushName>(window: BrowserWindow | null, name: N, payload: Push<N>): boolean {
  if (window === null || window.isDestroyed() || window.webContents.isDestroyed()) return false
  window.webContents.send(pushChannel, name, pushes[name].parse(payload))
  return !window.webContents.isCrashed()
}
