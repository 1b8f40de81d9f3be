import type { BrowserWindow } from 'electron'
import type { WindowState } from '#shared/model.ts'
import { usualTextSize } from '#shared/text-size.ts'

/** The one window, as handlers see it: it may be gone and come back. */
export class DeskWindow {
  #window: BrowserWindow | null = null
  #textSize = usualTextSize

  /** Tells `changed` whenever the window is maximised, restored, focused or left. */
  adopt(
    window: BrowserWindow,
    textSize: number,
    changed: (state: Omit<WindowState, 'isAway'>) => void,
  ): void {
    this.#window = window
    this.#textSize = textSize
    // A page that is loaded anew begins at the usual size.
    window.webContents.on('did-finish-load', () => {
      this.#applyTextSize()
    })
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

  /** In percent of the usual size. */
  setTextSize(textSize: number): void {
    this.#textSize = textSize
    this.#applyTextSize()
  }

  #applyTextSize(): void {
    this.#window?.webContents.setZoomFactor(this.#textSize / 100)
  }

  /** Chats go on; the tray, or another start, brings it back. */
  hide(): void {
    this.#window?.hide()
  }

  close(): void {
    this.#window?.close()
  }
}
