import { nextTick, type Ref } from 'vue'
import type { Chat } from '#shared/model.ts'
import { editField } from '../ui/edit-field.ts'
import { commandKeys, isComposing, isControl } from '../ui/keys.ts'
import { fieldFrom, type Field } from './fields.ts'
import { applyFormat, type Format } from './format-text.ts'
import { assemble, fillResponse, type QuickResponse } from './quick-responses.ts'
import type { AimedKeys } from './use-aimed-keys.ts'
import type { QuickPicker } from './use-quick-responses.ts'

export interface ComposerField {
  readonly format: (kind: Format) => void
  readonly insert: (response: QuickResponse) => void
  /** Puts another text in the field, in a step that can be undone. */
  readonly replace: (next: string, selection?: Selection) => void
  readonly send: () => void
  readonly handleKey: (event: KeyboardEvent) => void
}

interface Selection {
  readonly start: number
  readonly end: number
}

/** Digits by their place: with Shift they write other characters, another on each keyboard. */
function formatOf(event: KeyboardEvent): Format | null {
  if (!isControl(event) || event.altKey) return null
  if (event.shiftKey) return shifted.get(event.code) ?? null
  return (
    commandKeys(event)
      .map((key) => plain.get(key))
      .find((format) => format !== undefined) ?? null
  )
}

const plain = new Map<string, Format>([
  ['b', 'bold'],
  ['i', 'italic'],
  ['l', 'link'],
])
const shifted = new Map<string, Format>([
  ['Digit7', 'list-ordered'],
  ['Digit8', 'list'],
])

/** What keys and buttons do to the text: formats, quick responses, sending. */
export function useComposerField(options: {
  readonly field: () => HTMLTextAreaElement | null
  readonly text: Ref<string>
  readonly quick: QuickPicker
  readonly chat: () => Chat
  readonly unfilled: () => readonly Field[]
  readonly sendsWithEnter: () => boolean
  readonly send: () => void
  readonly formatted: () => void
  readonly aimed: AimedKeys
}): ComposerField {
  const { field, text, quick, chat, unfilled, sendsWithEnter, formatted, aimed } = options

  function replace(next: string, selection: Selection = { start: next.length, end: next.length }): void {
    const element = field()
    aimed.touched()
    if (element === null) text.value = next
    else editField(element, next, selection)
    quick.follow(next, selection.end)
  }

  function selected(): Selection {
    const { selectionStart: start = 0, selectionEnd: end = 0 } = field() ?? {}
    return { start, end }
  }

  function select({ start, end }: Selection): void {
    field()?.focus()
    field()?.setSelectionRange(start, end)
  }

  function format(kind: Format): void {
    const next = applyFormat({ text: text.value, ...selected() }, kind)
    formatted()
    replace(next.text, next)
  }

  function insert(response: QuickResponse): void {
    const { start, end } = quick.replaced.value
    const { text: inserted, missing } = assemble(fillResponse(response, chat()))
    quick.close()
    const next = text.value.slice(0, start) + inserted + text.value.slice(end)
    const from = start + (missing?.start ?? inserted.length)
    replace(next, { start: from, end: missing === null ? from : start + missing.end })
  }

  function send(): void {
    const [hole] = unfilled()
    if (hole === undefined) options.send()
    else select(hole)
    // What was sent is no part of what can be undone: nobody should send it a second time by it.
    void nextTick(() => quick.follow(text.value, text.value.length))
  }

  /** True when the list of quick responses took the key. */
  function handleQuickKey(event: KeyboardEvent): boolean {
    if (!quick.isOpen.value) return false
    const chosen = quick.matches.value[quick.index.value]
    if (event.key === 'ArrowDown') quick.move(1)
    else if (event.key === 'ArrowUp') quick.move(-1)
    else if (event.key === 'Escape') quick.close()
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen !== undefined) insert(chosen)
    else return false
    event.stopPropagation()
    return true
  }

  /** "The other one starts a new line": of Enter and Control with Enter, and whatever else is held with it. */
  function handleEnter(event: KeyboardEvent): boolean {
    if (event.key !== 'Enter') return false
    if (event.shiftKey) return aimed.isStrayLine(event.repeat)
    if (aimed.isHeld.value) aimed.pressEnter(event.repeat)
    else if (event.altKey || sendsWithEnter() === isControl(event)) {
      if (aimed.isStrayLine(event.repeat)) return true
      const { start, end } = selected()
      replace(`${text.value.slice(0, start)}\n${text.value.slice(end)}`, { start: start + 1, end: start + 1 })
    } else if (aimed.pressEnter(event.repeat) === 'sends') send()
    return true
  }

  /** While keys are held, only Enter and Escape are commands here. */
  function handleHeldKey(event: KeyboardEvent): boolean {
    if (!aimed.isHeld.value) return false
    if (event.key === 'Escape') {
      aimed.clear()
      event.stopPropagation()
      return true
    }
    return formatOf(event) !== null
  }

  function handleFormatKey(event: KeyboardEvent): boolean {
    const wanted = formatOf(event)
    if (wanted === null) return false
    format(wanted)
    return true
  }

  /** Tab goes from one field to fill in to the next, and on to the buttons after the last. */
  function handleTab(event: KeyboardEvent): boolean {
    if (event.key !== 'Tab' || isControl(event) || event.altKey) return false
    const next = fieldFrom(unfilled(), selected(), event.shiftKey ? -1 : 1)
    if (next === undefined) return false
    select(next)
    return true
  }

  function handleKey(event: KeyboardEvent): void {
    // Enter that ends an input method's composition is not a command.
    if (isComposing(event)) return
    const handlers = [handleQuickKey, handleEnter, handleHeldKey, handleFormatKey, handleTab]
    if (handlers.some((handle) => handle(event))) event.preventDefault()
  }

  return { format, insert, replace, send, handleKey }
}
