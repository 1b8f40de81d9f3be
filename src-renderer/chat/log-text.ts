import { lineBreak } from '#shared/characters.ts'
import type { Chat } from '#shared/model.ts'
import { exactSpan, fullDay, timeOfDay, counted } from '../ui/time.ts'
import { eventText } from './event-text.ts'
import type { LogRow, SaidRow } from './log-rows.ts'
import { plainWords } from './plain-words.ts'
import { senderName } from './senders.ts'

/** Only the first line of a message begins at the margin: nothing in it can pose as another one. */
const indent = '    '

/**
 * Part of a conversation as text, a line an entry, as a transcript shows it. `wordsOf` may tell what was taken of a
 * message: null for nothing of it.
 */
export function logText(
  rows: readonly LogRow[],
  chat: Chat,
  wordsOf: (row: SaidRow) => string | null = ({ entry }) => plainWords(entry),
): string {
  return rows
    .map((row) => lineOf(row, chat, wordsOf))
    .filter((line) => line !== null)
    .join('\n')
}

function lineOf(row: LogRow, chat: Chat, wordsOf: (row: SaidRow) => string | null): string | null {
  switch (row.kind) {
    case 'said': {
      const words = wordsOf(row)
      return words === null ? null : saidLine(row.entry, chat, words)
    }
    case 'event':
      return `-- ${eventText(row.entry, chat)}`
    case 'gap':
      return `-- ${counted(row.entry.count, 'message')} arrived while you were offline, ${exactSpan(row.entry.from, row.entry.to)}`
    case 'day':
      return fullDay(row.at)
    case 'divider':
    case 'unproven':
      return `-- ${row.text}`
    case 'typing':
    case 'unread':
      return null
  }
}

/** One message with who said it and when. */
export function saidLine(entry: SaidRow['entry'], chat: Chat, words: string): string {
  const [first = '', ...further] = words.split(lineBreak)
  const lines = [`${senderName(entry.sender, chat)}, ${timeOfDay(entry.at)}: ${first}${unsent(entry)}`]
  return [...lines, ...further.map((line) => indent + line)].join('\n')
}

/** What the customer never got must not look as if they had. */
function unsent(entry: SaidRow['entry']): string {
  const state = entry.kind === 'message' ? entry.delivery?.state : undefined
  if (state === 'failed' || state === 'undelivered') return ' (not delivered)'
  return state === 'queued' || state === 'sending' ? ' (not sent yet)' : ''
}
