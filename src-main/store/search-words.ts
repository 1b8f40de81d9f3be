import type { Entry } from '#shared/entry.ts'
import { fold } from '#shared/fold.ts'
import { bodyText } from '#shared/template-words.ts'

// Written without spaces between words, so every character counts as a word of its own.
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/gu
const wordCharacter = /[\p{L}\p{N}]/u
const isOneWord = /^[\p{L}\p{N}]+$/u

/** What an agent could remember of an entry: the text of a message, the names of files. */
export function wordsOf(entry: Entry): string {
  switch (entry.kind) {
    case 'message':
      return spaceOut(fold(bodyText(entry.body, () => '')))
    case 'attachment':
      return spaceOut(fold(entry.files.map((file) => file.name).join(' ')))
    case 'event':
    case 'gap':
      return ''
  }
}

/** Words of the index that hold a piece of text; at most so many as an expression can take. */
export type WordsWith = (piece: string) => readonly string[]

/** An FTS5 expression that holds where every word occurs, each also as a part of a longer one. */
export function wordQuery(chatToken: string, text: string, wordsWith: WordsWith): string | null {
  const words = text
    .split(/\s+/)
    .map((word) => spaceOut(word).replaceAll('"', ' ').replaceAll('\0', ' ').trim())
    .filter((word) => wordCharacter.test(word))
  if (words.length === 0) return null
  return `chat : "${chatToken}" AND words : (${words.map((word) => wordOrLonger(word, wordsWith)).join(' AND ')})`
}

/** One letter is in nearly every word: it is looked for at the beginning only, as are several words written as one. */
function wordOrLonger(word: string, wordsWith: WordsWith): string {
  const piece = fold(word)
  // Earlier versions left some letters in the index as they were.
  const beginnings = [...new Set([piece, word])].map((beginning) => `"${beginning}" *`)
  const longer = piece.length < 2 || !isOneWord.test(piece) ? [] : wordsWith(piece)
  return `(${[...beginnings, ...longer.map((one) => `"${one}"`)].join(' OR ')})`
}

/** One token for the index, whatever characters the id has. */
export function chatToken(chatId: string): string {
  return `c${Buffer.from(chatId).toString('hex')}`
}

function spaceOut(text: string): string {
  return text.replace(unspaced, ' $& ')
}
