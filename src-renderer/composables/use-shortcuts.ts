import { onBeforeUnmount, onMounted } from 'vue'
import { useInbox } from '../stores/inbox.ts'
import { useWorkspace } from '../stores/workspace.ts'
import { commandKeys, digitOf, isControl } from '../ui/keys.ts'
import { useChatCommands } from './use-chat-commands.ts'

/** Keys that work everywhere. None uses Alt with a letter: those write characters on many keyboards. */
export function useShortcuts(): void {
  const inbox = useInbox()
  const workspace = useWorkspace()
  const commands = useChatCommands()

  const withControl: Readonly<Record<string, () => void>> = {
    k: () => (workspace.isPaletteOpen = !workspace.isPaletteOpen),
    f: commands.find,
    w: commands.closeChat,
    ',': () => !inbox.isFirstRun && workspace.showSettings(),
  }
  const withControlShift: Readonly<Record<string, () => void>> = {
    x: commands.exportTranscript,
    a: () => document.querySelector<HTMLElement>('input[type="file"]')?.click(),
  }

  function findAction(event: KeyboardEvent): (() => void) | undefined {
    if (event.key === 'F6') return () => cycleLandmarks(event.shiftKey ? -1 : 1)
    if (event.key === 'F8') return commands.showLongestWaiting
    if (event.altKey || !isControl(event)) return undefined
    if (event.key === 'Tab') return () => workspace.step(event.shiftKey ? -1 : 1)
    const digit = digitOf(event)
    if (digit !== null) return () => showTab(digit)
    const actions = event.shiftKey ? withControlShift : withControl
    return commandKeys(event)
      .map((key) => actions[key])
      .find((action) => action !== undefined)
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
    if (wasInPalette && action !== withControl['k']) workspace.isPaletteOpen = false
    if (!wasInPalette || action !== withControl['w']) action()
  }

  onMounted(() => window.addEventListener('keydown', handle))
  onBeforeUnmount(() => window.removeEventListener('keydown', handle))
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
