import type { MenuItemConstructorOptions as Item } from 'electron'
import { acceleratorOf, type ShortcutName } from '#shared/shortcuts.ts'

export interface MenuActions {
  /** Does what the key does. */
  readonly press: (name: ShortcutName) => void
  readonly quit: () => void
}

type ItemOf = (label: string, name: ShortcutName) => Item

const line: Item = { type: 'separator' }

/**
 * The menu over everything. Without one macOS has no copying and pasting at all, and no keys to hide and to quit; on
 * the other systems the window needs none.
 */
export function applicationMenu(platform: NodeJS.Platform, actions: MenuActions): readonly Item[] | null {
  if (platform !== 'darwin') return null
  const item: ItemOf = (label, name) => ({
    label,
    accelerator: acceleratorOf(name),
    click: () => {
      actions.press(name)
    },
  })
  return [
    appMenu(item, actions.quit),
    chatMenu(item),
    editMenu(item),
    viewMenu(item),
    { label: 'Window', role: 'windowMenu' },
  ]
}

function appMenu(item: ItemOf, quit: () => void): Item {
  return {
    label: 'Parley',
    submenu: [
      { role: 'about' },
      line,
      item('Settings…', 'settings'),
      line,
      { role: 'services' },
      line,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      line,
      // Not the role: what is open and unsent is named first.
      { label: 'Quit Parley', accelerator: 'Command+Q', click: quit },
    ],
  }
}

function chatMenu(item: ItemOf): Item {
  return {
    label: 'Chat',
    submenu: [
      item('Go to or do…', 'palette'),
      item('Show who waits longest', 'longest-waiting'),
      line,
      item('Attach files…', 'attach'),
      item('Export transcript…', 'export'),
      line,
      item('Close chat', 'close-chat'),
    ],
  }
}

function editMenu(item: ItemOf): Item {
  return {
    label: 'Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      line,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'pasteAndMatchStyle' },
      { role: 'delete' },
      { role: 'selectAll' },
      line,
      item('Find in chat', 'find'),
    ],
  }
}

function viewMenu(item: ItemOf): Item {
  return {
    label: 'View',
    submenu: [
      item('Larger text', 'larger'),
      item('Smaller text', 'smaller'),
      item('Usual text size', 'usual-size'),
      line,
      item('Next area', 'next-area'),
      line,
      { role: 'togglefullscreen' },
    ],
  }
}
