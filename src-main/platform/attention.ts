import path from 'node:path'
import { app, Menu, nativeImage, Tray, type BrowserWindow } from 'electron'
import type { Chat } from '#shared/model.ts'

/** What the tray, the badge and the window title say when the console itself is out of sight. */
export interface Attention {
  show(chats: readonly Chat[]): void
  close(): void
}

export interface AttentionPorts {
  readonly resources: string
  readonly window: () => BrowserWindow | null
  readonly quit: () => void
}

/** A desktop without a tray (some Linux sessions) is no reason not to start: the badge and title remain. */
export function openAttention({ resources, window, quit }: AttentionPorts): Attention {
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
  return {
    show(chats) {
      // The last words of a chat may come while the app is leaving.
      if (tray.isDestroyed()) return
      const { unread, unproven } = summarise(chats)
      // Asked at every change of every chat; the desktop is told only what is new to it.
      if (shown?.unread === unread && shown.unproven === unproven) return
      shown = { unread, unproven }
      tray.setImage(unproven > 0 ? alert : calm)
      tray.setToolTip(describe(unread, unproven))
      app.setBadgeCount(unread)
    },
    close: () => {
      tray.destroy()
    },
  }
}

interface Summary {
  readonly unread: number
  readonly unproven: number
}

export function summarise(chats: readonly Chat[]): Summary {
  const unproven = chats.filter(({ link }) => link.phase === 'waiting' || link.phase === 'offline').length
  return { unread: chats.reduce((sum, chat) => sum + chat.unread, 0), unproven }
}

export function describe(unread: number, unproven: number): string {
  if (unproven > 0) return `Parley: no proof of delivery in ${count(unproven, 'chat')}`
  return unread > 0 ? `Parley: ${count(unread, 'unread message')}` : 'Parley'
}

function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`
}
