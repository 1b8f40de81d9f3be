interface Selection {
  readonly start: number
  readonly end: number
}

/**
 * Changes what stands in a field as if it were typed, so that the browser can undo and redo it together with the keys
 * around it; setting the value would throw its history away.
 */
export function editField(field: HTMLTextAreaElement, next: string, selection: Selection): void {
  field.focus()
  const { start, end, inserted } = difference(field.value, next)
  if (start !== end || inserted !== '') {
    field.setSelectionRange(start, end)
    typeOver(inserted)
    if (field.value !== next) replaceValue(field, next)
  }
  field.setSelectionRange(selection.start, selection.end)
}

/** Marked as outdated for its use in editors; for the history of a text field there is no other way. */
function typeOver(text: string): void {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above
  document.execCommand(text === '' ? 'delete' : 'insertText', false, text)
}

/** Where there is no such command the text matters more than its history. */
function replaceValue(field: HTMLTextAreaElement, next: string): void {
  field.value = next
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

/** The smallest part that has to be replaced; never half of a character. */
function difference(before: string, after: string): Selection & { readonly inserted: string } {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start += 1
  if (isHigh(before, start - 1) || isHigh(after, start - 1)) start -= 1
  let same = 0
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same])
    same += 1
  if (isLow(before, before.length - same) || isLow(after, after.length - same)) same -= 1
  return { start, end: before.length - same, inserted: after.slice(start, after.length - same) }
}

function isHigh(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800
}

function isLow(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00
}
