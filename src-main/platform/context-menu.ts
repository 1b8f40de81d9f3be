import {
  clipboard,
  Menu,
  type BrowserWindow,
  type ContextMenuParams,
  type MenuItemConstructorOptions,
} from 'electron'
import type { MessageChoice, MessageMenu } from '#shared/menu.ts'
import { unreachable } from '#shared/failure.ts'
import { itemsAt, itemsOf, type MenuItem } from './menu-items.ts'

interface MenuPlace {
  readonly window: BrowserWindow
  readonly x: number
  readonly y: number
  readonly chosen: (choice: MessageChoice) => void
}

/** Right click and the menu key, anywhere the page has no menu of its own. */
export function offerContextMenu(window: BrowserWindow): void {
  window.webContents.on('context-menu', (_event, params: ContextMenuParams) => {
    const { x, y } = params
    const entries = itemsAt(params).map((item) => entryOf(item, { window, x, y, chosen: () => undefined }))
    if (entries.length > 0) Menu.buildFromTemplate(entries).popup({ window })
  })
}

/** The menu of a message. Null when it was closed, or what was chosen is done already. */
export function askMessageMenu(
  window: BrowserWindow | null,
  menu: MessageMenu,
): Promise<MessageChoice | null> {
  if (window === null) return Promise.resolve(null)
  return new Promise((resolve) => {
    const place = { window, x: menu.x, y: menu.y, chosen: resolve }
    const entries = itemsOf(menu).map((item) => entryOf(item, place))
    // Some systems tell of the closing before they tell of the choice.
    const closed = (): void => void setTimeout(resolve, 200, null)
    Menu.buildFromTemplate(entries).popup({ window, callback: closed })
  })
}

function entryOf(item: MenuItem, place: MenuPlace): MenuItemConstructorOptions {
  const page = place.window.webContents
  switch (item.kind) {
    case 'line':
      return { type: 'separator' }
    case 'edit':
      return { role: item.role, label: item.label, enabled: item.isEnabled }
    case 'suggestion':
      return { label: item.word, click: () => page.replaceMisspelling(item.word) }
    case 'learn':
      return {
        label: 'Add to dictionary',
        click: () => page.session.addWordToSpellCheckerDictionary(item.word),
      }
    case 'languages':
      return { label: 'Spelling language', submenu: languagesOf(place.window) }
    case 'copy-address':
      return { label: 'Copy link', click: () => void clipboard.writeText(item.url) }
    case 'copy-picture':
      return {
        label: 'Copy picture',
        click: () => {
          page.copyImageAt(place.x, place.y)
        },
      }
    case 'choice':
      return { label: item.label, click: () => place.chosen(item.choice) }
    default:
      return unreachable(item)
  }
}

/** Kept by the browser part in the profile. On macOS the system chooses, and there is nothing to list. */
function languagesOf(window: BrowserWindow): MenuItemConstructorOptions[] {
  const { session } = window.webContents
  const names = new Intl.DisplayNames(['en'], { type: 'language' })
  const chosen = new Set(session.getSpellCheckerLanguages())
  const languages = session.availableSpellCheckerLanguages.map((code) => ({
    code,
    name: names.of(code) ?? code,
  }))
  if (languages.length === 0) return [{ label: 'Chosen by the system', enabled: false }]
  return languages
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(({ code, name }) => ({
      label: name,
      type: 'checkbox',
      checked: chosen.has(code),
      click: () => {
        const next = chosen.has(code) ? [...chosen].filter((other) => other !== code) : [...chosen, code]
        session.setSpellCheckerLanguages(next)
      },
    }))
}
