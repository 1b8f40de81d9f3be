export interface Part {
  readonly text: string
  readonly isHit: boolean
}

/** Where a query is found in a text, ignoring case: as a piece if it can be, else letter by letter. Null: not at all. */
export function findMatch(text: string, query: string): readonly Part[] | null {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return [{ text, isHit: false }]
  const at = text.toLowerCase().indexOf(wanted)
  if (at >= 0) return split(text, [[at, at + wanted.length]])
  return letterByLetter(text, wanted)
}

/** Smaller is better: a match at the start, then at a word, then anywhere, then scattered. */
export function matchScore(text: string, query: string): number | null {
  const wanted = query.trim().toLowerCase()
  const lower = text.toLowerCase()
  const at = lower.indexOf(wanted)
  if (at === 0) return 0
  if (at > 0) return /\s/u.test(lower[at - 1] ?? '') ? 1 : 2
  return letterByLetter(text, wanted) === null ? null : 3
}

function letterByLetter(text: string, wanted: string): readonly Part[] | null {
  const lower = text.toLowerCase()
  const hits: [number, number][] = []
  let from = 0
  for (const letter of wanted.replace(/\s/gu, '')) {
    const at = lower.indexOf(letter, from)
    if (at < 0) return null
    const last = hits.at(-1)
    if (last?.[1] === at) last[1] = at + letter.length
    else hits.push([at, at + letter.length])
    from = at + letter.length
  }
  // Letters strewn over a whole sentence match nearly anything.
  return hits.length > Math.max(2, wanted.length / 2) ? null : split(text, hits)
}

function split(text: string, hits: readonly (readonly [number, number])[]): readonly Part[] {
  const parts: Part[] = []
  let from = 0
  for (const [start, end] of hits) {
    parts.push({ text: text.slice(from, start), isHit: false }, { text: text.slice(start, end), isHit: true })
    from = end
  }
  parts.push({ text: text.slice(from), isHit: false })
  return parts.filter((part) => part.text !== '')
}
