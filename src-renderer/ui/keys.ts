export type Platform = 'linux' | 'mac' | 'windows'

export function controlKey(platform: Platform): string {
  return platform === 'mac' ? '⌘' : 'Ctrl'
}

export function isControl(event: Pick<KeyboardEvent, 'ctrlKey' | 'metaKey'>): boolean {
  return event.ctrlKey || event.metaKey
}
