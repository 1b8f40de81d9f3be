import type { BrowserWindow } from 'electron'
import { type ShortcutName, shortcuts } from '#shared/shortcuts.ts'

/** A menu does what its key does, by pressing it: there is one place that knows what that is. */
export function pressKeys(window: BrowserWindow | null, name: ShortcutName, platform: NodeJS.Platform): void {
  const { key, control, shift } = shortcuts[name]
  const modifiers: ('meta' | 'control' | 'shift')[] = [
    ...(control ? [platform === 'darwin' ? ('meta' as const) : ('control' as const)] : []),
    ...(shift ? ['shift' as const] : []),
  ]
  window?.webContents.sendInputEvent({ type: 'keyDown', keyCode: key, modifiers })
  window?.webContents.sendInputEvent({ type: 'keyUp', keyCode: key, modifiers })
}
