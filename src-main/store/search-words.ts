import type { Entry } from '#shared/entry.ts'
import type { ListLike, Template } from '#shared/template.ts'

// Written without spaces between words, so every character counts as a word of its own.
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/gu
const wordCharacter = /[\p{L}\p{N}]/u

/** What an agent could remember of an entry: the text of a message, the names of files. */
export function wordsOf(entry: Entry): string {
  switch (entry.kind) {
    case 'message':
      return spaceOut(wordsOfBody(entry.body))
    case 'attachment':
      return spaceOut(entry.files.map((file) => file.name).join(' '))
    case 'event':
    case 'gap':
      return ''
  }
}

/** An FTS5 expression that holds where every word occurs, each also as the beginning of a longer one. */
export function wordQuery(chatToken: string, text: string): string | null {
  const words = text
    .split(/\s+/)
    .map((word) => spaceOut(word).replaceAll('"', ' ').replaceAll('\0', ' ').trim())
    .filter((word) => wordCharacter.test(word))
  if (words.length === 0) return null
  return `chat : "${chatToken}" AND words : (${words.map((word) => `"${word}" *`).join(' AND ')})`
}

/** One token for the index, whatever characters the id has. */
export function chatToken(chatId: string): string {
  return `c${Buffer.from(chatId).toString('hex')}`
}

function spaceOut(text: string): string {
  return text.replace(unspaced, ' $& ')
}

function wordsOfBody(body: Extract<Entry, { kind: 'message' }>['body']): string {
  switch (body.kind) {
    case 'text':
    case 'markdown':
    case 'json':
      return body.text
    case 'template':
      return wordsOfTemplate(body.template)
    case 'unknown':
      return body.summary
  }
}

function wordsOfTemplate(template: Template): string {
  const own = [template.title, template.subtitle ?? '']
  switch (template.type) {
    case 'ListPicker':
    case 'Panel':
    case 'QuickReply':
      return [...own, ...choicesOf(template)].join(' ')
    case 'Carousel':
      return [...own, ...template.cards.map(wordsOfTemplate)].join(' ')
    case 'TimePicker':
      return [...own, template.location ?? ''].join(' ')
    case 'Response':
      return [...own, template.action, ...template.fields.flatMap(({ label, value }) => [label, value])].join(
        ' ',
      )
    case 'ViewResource':
    case 'Unknown':
      return own.join(' ')
  }
}

function choicesOf(list: ListLike): readonly string[] {
  return list.choices.flatMap((choice) => [choice.title, choice.subtitle ?? ''])
}
