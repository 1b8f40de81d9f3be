/** The simulated page of unit tests has no edit commands; these do what a browser's do, but for the history. */
function execCommand(command: string, _isShown?: boolean, text = ''): boolean {
  const field = document.activeElement
  if (!(field instanceof HTMLTextAreaElement) || !['insertText', 'delete'].includes(command)) return false
  const { selectionStart, selectionEnd } = field
  field.setRangeText(text, selectionStart, selectionEnd, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
  return true
}

Object.assign(document, { execCommand })
