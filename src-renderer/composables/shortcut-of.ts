import { type ShortcutName, shortcutNames, shortcuts } from '#shared/shortcuts.ts'
import { commandKeys, isControl } from '../ui/keys.ts'

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>

/** Which of the table it is. The keys for the size of the text are those of browsers: with or without Shift. */
export function shortcutOf(event: Pressed): ShortcutName | null {
  const { key, code, shiftKey } = event
  if (!isControl(event)) return withoutControl.find((name) => shortcuts[name].key === key) ?? null
  if (event.altKey) return null
  const size = sizeKeys.get(key) ?? (code === 'Digit0' && !shiftKey ? 'usual-size' : undefined)
  if (size !== undefined) return size
  const named = commandKeys(event).map((written) =>
    withKeys.find((name) => shortcuts[name].key === written && shortcuts[name].shift === shiftKey),
  )
  return named.find((name) => name !== undefined) ?? null
}

const withoutControl = shortcutNames.filter((name) => !shortcuts[name].control)
const withKeys = shortcutNames.filter((name) => shortcuts[name].control)
const sizeKeys: ReadonlyMap<string, ShortcutName> = new Map([
  ['+', 'larger'],
  ['=', 'larger'],
  ['-', 'smaller'],
  ['_', 'smaller'],
  ['0', 'usual-size'],
])
