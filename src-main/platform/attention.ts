import path from 'node:path'
import { app, Menu, nativeImage, Tray, type BrowserWindow, type NativeImage } from 'electron'
import type { Chat } from '#shared/model.ts'
import type { Clock, Stop } from '../chat/clock.ts'
import { describe, summarise, type Summary } from './summarise.ts'

/** What the tray, the badge and the window title say when the console itself is out of sight. */
export interface Attention {
  show(chats: readonly Chat[]): void
  close(): void
}

export interface AttentionPorts {
  readonly resources: string
  readonly clock: Clock
  readonly window: () => BrowserWindow | null
  readonly quit: () => void
}

/** A desktop without a tray (some Linux sessions) is no reason not to start: the badge and title remain. */
export function openAttention({ resources, clock, window, quit }: AttentionPorts): Attention {
  const calm = nativeImage.createFromPath(path.join(resources, 'tray.png'))
  const alert = nativeImage.createFromPath(path.join(resources, 'tray-alert.png'))
  const tray = new Tray(calm)
  const raise = (): void => {
    window()?.show()
    window()?.focus()
  }
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Show Parley', click: raise },
      { type: 'separator' },
      { label: 'Quit', click: quit },
    ]),
  )
  tray.on('click', raise)
  let shown: Summary | null = null
  const imageOf = (summary: Summary | null): NativeImage =>
    summary !== null && summary.unproven > 0 ? alert : calm
  let stopWaiting: Stop = () => undefined
  const show = (chats: readonly Chat[]): void => {
    stopWaiting()
    // The last words of a chat may come while the app is leaving.
    if (tray.isDestroyed()) return
    const summary = summarise(chats, clock.now())
    if (summary.until !== null) {
      stopWaiting = clock.after(summary.until - clock.now(), () => {
        show(chats)
      })
    }
    // Asked at every change of every chat; the desktop is told only what is new to it.
    if (shown?.unread === summary.unread && shown.unproven === summary.unproven) return
    // On Linux every picture handed over takes memory for good, be it the same one.
    if (imageOf(summary) !== imageOf(shown)) tray.setImage(imageOf(summary))
    shown = summary
    tray.setToolTip(describe(summary))
    app.setBadgeCount(summary.unread)
  }
  return {
    show,
    close: () => {
      stopWaiting()
      tray.destroy()
    },
  }
}
