/** Cuts a text that is too long at the best place within the limit: a paragraph, a sentence, a word. */
export function splitText(text: string, limit: number): readonly [first: string, rest: string] {
  if (text.length <= limit) return [text, '']
  const window = text.slice(0, limit + 1)
  const cut = cutAt(window, limit)
  return [text.slice(0, cut).trimEnd(), text.slice(cut).trimStart()]
}

function cutAt(window: string, limit: number): number {
  const least = limit / 2
  const paragraph = window.lastIndexOf('\n')
  if (paragraph > least) return paragraph
  const sentence = Math.max(...['. ', '? ', '! '].map((mark) => window.lastIndexOf(mark) + 1))
  if (sentence > least) return sentence
  const word = window.lastIndexOf(' ')
  if (word > 0) return word
  // Not between the two halves of one character.
  return /[\uD800-\uDBFF]/u.test(window[limit - 1] ?? '') ? limit - 1 : limit
}
