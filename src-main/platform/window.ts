import path from 'node:path'
import { app, BrowserWindow, screen, session, type WebContents } from 'electron'
import { appOrigin } from './app-origin.ts'
import { placeOn, type Area } from './window-place.ts'

export interface WindowBounds {
  readonly width: number
  readonly height: number
  readonly x?: number | undefined
  readonly y?: number | undefined
  readonly isMaximized: boolean
}

const smallest = { minWidth: 640, minHeight: 400 }
const allowedPermissions = new Set(['clipboard-sanitized-write', 'notifications'])

/** Rules for every page that will ever exist, attached before the first one. */
export function guardAllPages(): void {
  app.on('web-contents-created', (_event, page) => {
    guardPage(page)
  })
}

/** Asked for and checked: everything is denied but what the console needs. */
export async function guardSession(): Promise<void> {
  session.defaultSession.setPermissionRequestHandler((_page, permission, decide) => {
    decide(allowedPermissions.has(permission))
  })
  session.defaultSession.setPermissionCheckHandler((_page, permission) => allowedPermissions.has(permission))
  session.defaultSession.setDevicePermissionHandler(() => false)
  // The page needs no network, and what has none cannot carry anything away: not even what no policy of a page covers.
  if (served === undefined) await session.defaultSession.setProxy(nowhere)
}

/** A port that only an administrator could open, for every scheme and host. */
const nowhere = { proxyRules: 'http://127.0.0.1:1', proxyBypassRules: '<-loopback>' }

export function createWindow(kept: WindowBounds, icon: string): BrowserWindow {
  const bounds = placeOn(displayAreas(), kept)
  const window = new BrowserWindow({
    ...smallest,
    width: Math.max(bounds.width, smallest.minWidth),
    height: Math.max(bounds.height, smallest.minHeight),
    ...(bounds.x !== undefined && bounds.y !== undefined && { x: bounds.x, y: bounds.y }),
    show: false,
    title: 'Parley',
    icon,
    ...(process.platform === 'darwin'
      ? { titleBarStyle: 'hiddenInset' as const, trafficLightPosition: { x: 14, y: 12 } }
      : { frame: false }),
    webPreferences: {
      preload: path.join(import.meta.dirname, '../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      spellcheck: true,
      // A hidden window must go on counting down offers and waiting times.
      backgroundThrottling: false,
    },
  })
  if (bounds.isMaximized) window.maximize()
  followDisplays(window)
  window.once('ready-to-show', () => {
    window.show()
  })
  return window
}

const edges = ['x', 'y', 'width', 'height'] as const

/** A display may be unplugged, turned or scaled while the window is on it. */
function followDisplays(window: BrowserWindow): void {
  const place = (): void => {
    // The system looks after windows that fill a display.
    if (window.isMaximized() || window.isFullScreen()) return
    const bounds = window.getBounds()
    const next = placeOn(displayAreas(), bounds)
    if (edges.some((edge) => bounds[edge] !== next[edge])) {
      window.setBounds(next)
    }
  }
  const stop = (): void => {
    screen.off('display-added', place)
    screen.off('display-removed', place)
    screen.off('display-metrics-changed', place)
  }
  screen.on('display-added', place)
  screen.on('display-removed', place)
  screen.on('display-metrics-changed', place)
  window.on('closed', stop)
}

function displayAreas(): readonly Area[] {
  const main = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id)
  return [main, ...others].map(({ workArea }) => workArea)
}

export function boundsOf(window: BrowserWindow): WindowBounds {
  return { ...window.getNormalBounds(), isMaximized: window.isMaximized() }
}

/** Only while developing does the page come from a server; the packaged app knows one origin. */
export function pageOrigins(): readonly string[] {
  return served === undefined ? [appOrigin] : [appOrigin, new URL(served).origin]
}

export function pageUrl(): string {
  return served ?? `${appOrigin}/`
}

/** Electron-vite's server. The condition is settled when the app is built, and nothing of this is left then. */
const served = import.meta.env.DEV ? process.env['ELECTRON_RENDERER_URL'] : undefined

function guardPage(page: WebContents): void {
  // Calls between browsers know neither the page's policy nor, over UDP, its proxy.
  page.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  page.setWindowOpenHandler(() => ({ action: 'deny' }))
  page.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
  page.on('will-frame-navigate', (event) => {
    if (!event.isSameDocument) event.preventDefault()
  })
  page.on('will-redirect', (event) => {
    event.preventDefault()
  })
}
