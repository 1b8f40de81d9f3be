/**
 * The length of a text as the service counts it against its limits: in Unicode code points, so that an emoji of two
 * UTF-16 units is one character. The text field and the check before sending both count like this.
 */
export function countCharacters(text: string): number {
  return Array.from(text).length
}

/** Where the first `count` characters end, as an index into the text. */
export function endOfCharacters(text: string, count: number): number {
  return Array.from(text).slice(0, count).join('').length
}

/** Everything some program takes for the end of a line: text of unknown origin must not begin one by it. */
export const lineBreak = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/u
