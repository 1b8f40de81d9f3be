import { onBeforeUnmount, onMounted } from 'vue'
import { settleTime } from '../stores/aim.ts'
import { useKeyAim } from '../stores/key-aim.ts'
import { isComposing } from '../ui/keys.ts'

/** A hand that rests moves this much between the two presses of a double click. */
const handRests = 8

interface Press {
  readonly target: Element | null
  readonly at: number
  readonly x: number
  readonly y: number
}

const controls =
  'button, a, input, select, textarea, summary, [role="tab"], [role="option"], [role^="menuitem"]'
const modifiers: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock'])

/**
 * Presses that were not meant for what they reach: a key held down, the second half of a double click or a second Enter
 * that meets another button than the first, and keys that belong to an input method.
 */
export function usePressGuard(): void {
  const keyAim = useKeyAim()
  let lastPress: Press | null = null
  let lastEnter: Pick<Press, 'target' | 'at'> | null = null
  let isStray = false

  function guardKey(event: KeyboardEvent): void {
    if (isComposing(event)) {
      event.stopImmediatePropagation()
      return
    }
    if (!modifiers.has(event.key)) {
      keyAim.noteAct('key')
      // Who has used the keyboard since does not press twice by mistake.
      lastPress = null
    }
    const pressed = event.key === 'Enter' || event.key === ' '
    if (!pressed || (event.key === ' ' && isText(event.target))) {
      if (!modifiers.has(event.key)) lastEnter = null
      return
    }
    // The composer knows more about Enter.
    if (event.target instanceof HTMLTextAreaElement) return
    const target = event.target instanceof Element ? event.target : null
    const isSecond =
      lastEnter !== null && event.timeStamp - lastEnter.at < settleTime && lastEnter.target !== target
    if (event.repeat || isSecond) {
      event.preventDefault()
      event.stopImmediatePropagation()
    } else lastEnter = { target, at: event.timeStamp }
  }

  function guardPointer(event: PointerEvent): void {
    keyAim.noteAct('pointer')
    lastEnter = null
    const target = event.target instanceof Element ? event.target.closest(controls) : null
    isStray =
      lastPress !== null &&
      event.timeStamp - lastPress.at < settleTime &&
      Math.hypot(event.clientX - lastPress.x, event.clientY - lastPress.y) <= handRests &&
      lastPress.target !== target
    // A stray press says nothing about what was meant: the first one stays the measure.
    if (!isStray) lastPress = { target, at: event.timeStamp, x: event.clientX, y: event.clientY }
    else swallow(event)
  }

  function guardFollowing(event: Event): void {
    if (isStray) swallow(event)
  }

  function guardClick(event: MouseEvent): void {
    // A click made by a key has no press of its own.
    if (isStray && event.detail > 0) swallow(event)
  }

  /** Something was written since: the next press is a new one. */
  function forgetPresses(): void {
    lastEnter = null
    lastPress = null
  }

  const away = new AbortController()
  onMounted(() => {
    const early = { capture: true, signal: away.signal }
    window.addEventListener('keydown', guardKey, early)
    window.addEventListener('pointerdown', guardPointer, early)
    window.addEventListener('mousedown', guardFollowing, early)
    window.addEventListener('click', guardClick, early)
    window.addEventListener('auxclick', guardClick, early)
    window.addEventListener('input', forgetPresses, early)
  })
  onBeforeUnmount(() => away.abort())
}

function swallow(event: Event): void {
  event.preventDefault()
  event.stopImmediatePropagation()
}

function isText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && target.type !== 'checkbox')
  )
}
