/** A key that works everywhere in the window. With `control` it is Cmd on macOS and Ctrl elsewhere. */
interface Shortcut {
  /** As it is written on a Latin keyboard, in lower case. */
  readonly key: string
  readonly control: boolean
  readonly shift: boolean
}

export const shortcutNames = [
  'palette',
  'settings',
  'find',
  'close-chat',
  'export',
  'attach',
  'longest-waiting',
  'next-area',
  'larger',
  'smaller',
  'usual-size',
] as const
export type ShortcutName = (typeof shortcutNames)[number]

/** The one table: what the page listens to, what is written beside a control, and what a menu shows. */
export const shortcuts: Readonly<Record<ShortcutName, Shortcut>> = {
  palette: withControl('k'),
  settings: withControl(','),
  find: withControl('f'),
  'close-chat': withControl('w'),
  export: withControl('x', true),
  attach: withControl('a', true),
  'longest-waiting': { key: 'F8', control: false, shift: false },
  'next-area': { key: 'F6', control: false, shift: false },
  larger: withControl('+'),
  smaller: withControl('-'),
  'usual-size': withControl('0'),
}

function withControl(key: string, shift = false): Shortcut {
  return { key, control: true, shift }
}

/** As a person reads it, for example `Ctrl Shift X`. */
export function shownKeys(name: ShortcutName, control: string): string {
  const { key, ...held } = shortcuts[name]
  return [held.control && control, held.shift && 'Shift', key.toUpperCase()]
    .filter((part) => part !== false)
    .join(' ')
}

/** As Electron's menus take it. */
export function acceleratorOf(name: ShortcutName): string {
  const { key, ...held } = shortcuts[name]
  const written = key === '+' ? 'Plus' : key.toUpperCase()
  return [held.control && 'CommandOrControl', held.shift && 'Shift', written]
    .filter((part) => part !== false)
    .join('+')
}
