import { onBeforeUnmount, onMounted } from 'vue'
import type { ShortcutName } from '#shared/shortcuts.ts'
import { usualTextSize } from '#shared/text-size.ts'
import { useInbox } from '../stores/inbox.ts'
import { useWorkspace } from '../stores/workspace.ts'
import { digitOf, isControl } from '../ui/keys.ts'
import { shortcutOf } from './shortcut-of.ts'
import { useChatCommands } from './use-chat-commands.ts'
import { useTextSize } from './use-text-size.ts'

/** Keys that work everywhere. None uses Alt with a letter: those write characters on many keyboards. */
export function useShortcuts(): void {
  const inbox = useInbox()
  const workspace = useWorkspace()
  const commands = useChatCommands()
  const textSize = useTextSize()

  const actions: Readonly<Record<ShortcutName, () => void>> = {
    palette: () => (workspace.isPaletteOpen = !workspace.isPaletteOpen),
    settings: () => !inbox.isFirstRun && workspace.showSettings(),
    find: commands.find,
    'close-chat': commands.closeChat,
    export: commands.exportTranscript,
    attach: () => document.querySelector<HTMLElement>('input[type="file"]')?.click(),
    'longest-waiting': commands.showLongestWaiting,
    'next-area': () => cycleLandmarks(1),
    larger: () => textSize.step(1),
    smaller: () => textSize.step(-1),
    'usual-size': () => textSize.set(usualTextSize),
  }

  function findAction(event: KeyboardEvent): (() => void) | undefined {
    if (event.key === 'F6' && event.shiftKey) return () => cycleLandmarks(-1)
    if (isControl(event) && !event.altKey) {
      if (event.key === 'Tab') return () => workspace.step(event.shiftKey ? -1 : 1)
      const digit = digitOf(event)
      if (digit !== null) return () => showTab(digit)
    }
    const name = shortcutOf(event)
    return name === null ? undefined : actions[name]
  }

  /** The number a tab shows while Ctrl is held. */
  function showTab(number: number): void {
    const tab = workspace.tabs[number - 1]
    if (tab === 'settings') workspace.showSettings()
    else if (tab !== undefined) workspace.show(tab)
    else workspace.stay()
  }

  function handle(event: KeyboardEvent): void {
    // Where the focus is, keys may mean something else.
    if (event.defaultPrevented) return
    const action = findAction(event)
    if (action === undefined) return
    event.preventDefault()
    // A key held down asks once.
    if (event.repeat) return
    // What is under the palette does not change behind its back: the palette goes first.
    const wasInPalette = workspace.isPaletteOpen
    if (wasInPalette && action !== actions.palette) workspace.isPaletteOpen = false
    if (!wasInPalette || action !== actions['close-chat']) action()
  }

  onMounted(() => {
    window.addEventListener('keydown', handle)
    window.addEventListener('wheel', textSize.turn, { passive: false })
  })
  onBeforeUnmount(() => {
    window.removeEventListener('keydown', handle)
    window.removeEventListener('wheel', textSize.turn)
  })
}

function cycleLandmarks(by: 1 | -1): void {
  const landmarks = [...document.querySelectorAll<HTMLElement>('[data-landmark]')]
  const at = landmarks.findIndex((landmark) => landmark.contains(document.activeElement))
  for (let step = 1; step <= landmarks.length; step += 1) {
    const landmark = landmarks[(at + by * step + landmarks.length * 2) % landmarks.length]
    if (landmark !== undefined && focusInside(landmark)) return
  }
}

function focusInside(landmark: HTMLElement): boolean {
  const target = landmark.hasAttribute('tabindex')
    ? landmark
    : landmark.querySelector<HTMLElement>('textarea, [tabindex="0"], button, input')
  target?.focus()
  return document.activeElement === target
}
