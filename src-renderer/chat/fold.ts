/** More than the longest message a person may send; what is longer is laid out only when it is asked for. */
const mostCharacters = 2_000
const mostLines = 100
/** A cut between two words is looked for this far back. */
const wordWithin = 200

export interface Folded {
  readonly shown: string
  /** Characters that are not shown. */
  readonly hidden: number
}

/**
 * The beginning of a text that costs more to lay out than it is worth to most readers. The caller marks what is not
 * shown and shows it on request: nothing is ever cut without a word.
 */
export function fold(text: string): Folded {
  const end = Math.min(endOfLines(text), endOfWords(text))
  return { shown: text.slice(0, end), hidden: text.length - end }
}

function endOfLines(text: string): number {
  let end = -1
  for (let line = 0; line < mostLines; line += 1) {
    end = text.indexOf('\n', end + 1)
    if (end < 0) return text.length
  }
  return end
}

function endOfWords(text: string): number {
  if (text.length <= mostCharacters) return text.length
  const space = Math.max(text.lastIndexOf(' ', mostCharacters), text.lastIndexOf('\n', mostCharacters))
  if (space > mostCharacters - wordWithin) return space
  return isInsidePair(text, mostCharacters) ? mostCharacters - 1 : mostCharacters
}

/** An emoji of two units is not cut in the middle. */
function isInsidePair(text: string, at: number): boolean {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(at - 1, at + 1))
}
