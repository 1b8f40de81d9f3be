import { countCharacters, endOfCharacters } from '#shared/characters.ts'

/** Cuts a text of more characters than the limit at the best place: a paragraph, a sentence, a word. */
export function splitText(text: string, limit: number): readonly [first: string, rest: string] {
  if (countCharacters(text) <= limit) return [text, '']
  const cut = cutAt(text, limit)
  return [text.slice(0, cut).trimEnd(), text.slice(cut).trimStart()]
}

function cutAt(text: string, limit: number): number {
  const most = endOfCharacters(text, limit)
  const window = text.slice(0, most + 1)
  const least = most / 2
  const paragraph = window.lastIndexOf('\n')
  if (paragraph > least) return paragraph
  const sentence = Math.max(...['. ', '? ', '! '].map((mark) => window.lastIndexOf(mark) + 1))
  if (sentence > least) return sentence
  const word = window.lastIndexOf(' ')
  return word > 0 ? word : most
}
