import type { BrowserWindow } from 'electron'
import type { WindowState } from '#shared/model.ts'

/** The one window, as handlers see it: it may be gone and come back. */
export class DeskWindow {
  #window: BrowserWindow | null = null

  /** Tells `changed` whenever the window is maximised, restored, focused or left. */
  adopt(window: BrowserWindow, changed: (state: Omit<WindowState, 'isAway'>) => void): void {
    this.#window = window
    const report = (): void => {
      if (!window.isDestroyed()) changed({ isMaximized: window.isMaximized(), isFocused: window.isFocused() })
    }
    window.on('maximize', report)
    window.on('unmaximize', report)
    window.on('focus', report)
    window.on('blur', report)
    window.on('closed', () => {
      this.#window = null
    })
    report()
  }

  get current(): BrowserWindow | null {
    return this.#window
  }

  raise(): void {
    const window = this.#window
    if (window === null) return
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  minimize(): void {
    this.#window?.minimize()
  }

  toggleMaximized(): void {
    if (this.#window?.isMaximized()) this.#window.unmaximize()
    else this.#window?.maximize()
  }

  close(): void {
    this.#window?.close()
  }
}
