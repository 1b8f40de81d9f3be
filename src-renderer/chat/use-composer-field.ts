import { nextTick, type Ref } from 'vue'
import type { Chat } from '#shared/model.ts'
import { isControl } from '../ui/keys.ts'
import { applyFormat, type Format } from './format-text.ts'
import { assemble, fillResponse, type QuickResponse } from './quick-responses.ts'
import type { QuickPicker } from './use-quick-responses.ts'

export interface ComposerField {
  readonly format: (kind: Format) => Promise<void>
  readonly insert: (response: QuickResponse) => Promise<void>
  readonly handleKey: (event: KeyboardEvent) => void
}

/** Digits by their place: with Shift they write other characters, another on each keyboard. */
function formatOf(event: KeyboardEvent): Format | null {
  if (!isControl(event) || event.altKey) return null
  if (event.shiftKey) return shifted.get(event.code) ?? null
  return plain.get(event.key.toLowerCase()) ?? null
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
  readonly sendsWithEnter: () => boolean
  readonly send: () => Promise<void>
  readonly formatted: () => void
}): ComposerField {
  const { field, text, quick, chat, sendsWithEnter, send, formatted } = options

  async function replaceText(next: string, start: number, end: number): Promise<void> {
    text.value = next
    await nextTick()
    field()?.focus()
    field()?.setSelectionRange(start, end)
    quick.follow(next, end)
  }

  async function format(kind: Format): Promise<void> {
    const { selectionStart: start = 0, selectionEnd: end = 0 } = field() ?? {}
    const next = applyFormat({ text: text.value, start, end }, kind)
    formatted()
    await replaceText(next.text, next.start, next.end)
  }

  async function insert(response: QuickResponse): Promise<void> {
    const { start, end } = quick.replaced.value
    const { text: inserted, missing } = assemble(fillResponse(response, chat()))
    quick.close()
    const next = text.value.slice(0, start) + inserted + text.value.slice(end)
    const from = start + (missing?.start ?? inserted.length)
    await replaceText(next, from, missing === null ? from : start + missing.end)
  }

  /** True when the list of quick responses took the key. */
  function handleQuickKey(event: KeyboardEvent): boolean {
    if (!quick.isOpen.value) return false
    const chosen = quick.matches.value[quick.index.value]
    if (event.key === 'ArrowDown') quick.move(1)
    else if (event.key === 'ArrowUp') quick.move(-1)
    else if (event.key === 'Escape') quick.close()
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen !== undefined) void insert(chosen)
    else return false
    event.stopPropagation()
    return true
  }

  function handleSendKey(event: KeyboardEvent): boolean {
    if (event.key !== 'Enter' || event.shiftKey || sendsWithEnter() === isControl(event)) return false
    void send()
    return true
  }

  function handleFormatKey(event: KeyboardEvent): boolean {
    const wanted = formatOf(event)
    if (wanted === null) return false
    void format(wanted)
    return true
  }

  function handleKey(event: KeyboardEvent): void {
    // Enter that ends an input method's composition is not a command.
    if (event.isComposing) return
    if (handleQuickKey(event) || handleSendKey(event) || handleFormatKey(event)) event.preventDefault()
  }

  return { format, insert, handleKey }
}
