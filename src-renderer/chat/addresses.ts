export interface TextPart {
  readonly text: string
  readonly isAddress: boolean
}

const address = /(?<![a-z0-9])https?:\/\/[^\s<>"'`\u0000-\u001f]+/giu
/** What ends a sentence, a quotation or a mark of formatting rather than an address. */
const trailing = /[.,;:!?'"*_~|»”’\]}]$/u

/** A text cut into what is a web address and what is not. Together the parts are the text. */
export function addressesIn(text: string): readonly TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const { 0: found, index } of text.matchAll(address)) {
    const url = trimmed(found)
    if (!/:\/\/./u.test(url)) continue
    if (index > from) parts.push({ text: text.slice(from, index), isAddress: false })
    parts.push({ text: url, isAddress: true })
    from = index + url.length
  }
  if (from < text.length || parts.length === 0) parts.push({ text: text.slice(from), isAddress: false })
  return parts
}

/** A closing bracket belongs to the address only when it was opened there: "/wiki/Oak_(tree)", but "(see /wiki)". */
function trimmed(found: string): string {
  let url = found
  let open = count(url, '(') - count(url, ')')
  for (;;) {
    if (trailing.test(url)) url = url.slice(0, -1)
    else if (url.endsWith(')') && open < 0) {
      url = url.slice(0, -1)
      open += 1
    } else return url
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}
