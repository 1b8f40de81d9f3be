import type { AttachmentEntry, MessageEntry } from '#shared/entry.ts'
import { slotText } from '#shared/slots.ts'
import { bodyText } from '#shared/template-words.ts'

/** All that a message or its files say, as plain text: for the ear and for the clipboard. */
export function plainWords(entry: MessageEntry | AttachmentEntry): string {
  if (entry.kind === 'message') return bodyText(entry.body, slotText)
  return `${entry.files.length === 1 ? 'File' : 'Files'}: ${entry.files.map(({ name }) => name).join(', ')}`
}
