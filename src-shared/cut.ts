/** Says of a text that it goes on. */
export const cutMark = '…'

/** The first characters of a text; a mark at the end where there is more. No character is cut in two. */
export function cutTo(text: string, longest: number): string {
  if (text.length <= longest) return text
  const kept = text.slice(0, longest - cutMark.length)
  return `${/[\ud800-\udbff]$/u.test(kept) ? kept.slice(0, -1) : kept}${cutMark}`
}
