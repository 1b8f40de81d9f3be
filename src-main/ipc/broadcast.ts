import type { BrowserWindow } from 'electron'
import { pushChannel } from '#shared/bridge.ts'
import { pushes, type Push, type PushName } from '#shared/contract.ts'

/** Sends one push to the window, parsed first: what is not in the contract does not leave main. */
export function pushTo<N extends PushName>(window: BrowserWindow | null, name: N, payload: Push<N>): void {
  if (window === null || window.isDestroyed() || window.webContents.isDestroyed()) return
  window.webContents.send(pushChannel, name, pushes[name].parse(payload))
}
