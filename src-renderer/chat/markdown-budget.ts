/** What costs the parser work, and how much: it grows with the square of some of these. */
const prices: readonly (readonly [RegExp, number])[] = [
  // A line under a line that makes it a heading, however it is quoted.
  [/^[ \t>]*(?:=+|-+)[ \t]*$/gmu, 10],
  // A line that opens something: a quotation, a list, a heading, a fence, a table.
  [/^[ \t>]*(?:[-+*#>~|]|\d{1,9}[.)])/gmu, 2],
  [/\[/gu, 2],
  [/[*_>\]`<&\\~]|[-+.)](?=\s)|\](?=[(:[])/gu, 1],
  [/\n/gu, 0.5],
]
const longest = 20_000
const mostWork = 1_000
/** Lists further in than they would be drawn. */
const deepList = /^[ \t]{40}[ \t]*(?:[-+*]|\d+[.)])[ \t]/mu

/** Whether a text is worth parsing: a person who writes to be read needs few marks. Decided before anything is parsed. */
export function isReadable(text: string): boolean {
  return text.length <= longest && !deepList.test(text) && priceOf(text) <= mostWork
}

function priceOf(text: string): number {
  return prices.reduce((sum, [marks, price]) => sum + (text.match(marks)?.length ?? 0) * price, 0)
}
