export type Platform = 'linux' | 'mac' | 'windows'

export function controlKey(platform: Platform): string {
  return platform === 'mac' ? '⌘' : 'Ctrl'
}

export function isControl(event: Pick<KeyboardEvent, 'ctrlKey' | 'metaKey'>): boolean {
  return event.ctrlKey || event.metaKey
}

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>

/** An input method has the key. Some say so only by the key's number, which is why that is still asked. */
export function isComposing(event: Pick<KeyboardEvent, 'isComposing' | 'key' | 'keyCode'>): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return event.isComposing || event.key === 'Process' || event.keyCode === 229
}

/**
 * The names a key can have in a table of shortcuts, the best first: what it writes, then, where it writes no Latin
 * letter, what is at that place on a Latin keyboard.
 */
export function commandKeys({ key, code }: Pick<Pressed, 'key' | 'code'>): readonly string[] {
  const written = key.toLowerCase()
  if (/^\p{Script=Latin}$/u.test(key) && !/^[ıİ]$/u.test(key)) return [written]
  const letter = /^Key([A-Z])$/u.exec(code)?.[1]?.toLowerCase()
  if (letter !== undefined) return [written, letter]
  return code === 'Comma' && !isAscii(key) ? [written, ','] : [written]
}

/** 1 to 9, by what the key writes or by its place: the row of digits writes other things on many keyboards. */
export function digitOf({ key, code, shiftKey }: Pressed): number | null {
  if (/^[1-9]$/u.test(key)) return Number(key)
  const place = shiftKey ? undefined : /^Digit([1-9])$/u.exec(code)?.[1]
  return place === undefined ? null : Number(place)
}

function isAscii(key: string): boolean {
  return /^[\x20-\x7E]+$/u.test(key)
}
