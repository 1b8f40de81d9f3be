import { fold } from '#shared/fold.ts'

export interface Part {
  readonly text: string
  readonly isHit: boolean
}

/**
 * Where a query is found in a text, ignoring case and accents: as a piece if it can be, else letter by letter. Null: not
 * at all.
 */
export function findMatch(text: string, query: string): readonly Part[] | null {
  const wanted = fold(query.trim())
  if (wanted === '') return [{ text, isHit: false }]
  const { folded, places } = foldedWithPlaces(text)
  const at = folded.indexOf(wanted)
  const hits: readonly Hit[] | null = at >= 0 ? [[at, at + wanted.length]] : letterByLetter(folded, wanted)
  return hits === null
    ? null
    : split(
        text,
        hits.map(([start, end]) => [places[start] ?? 0, places[end] ?? text.length]),
      )
}

/** Smaller is better: a match at the start, then at a word, then anywhere, then scattered. */
export function matchScore(text: string, query: string): number | null {
  const wanted = fold(query.trim())
  const folded = fold(text)
  const at = folded.indexOf(wanted)
  if (at === 0) return 0
  if (at > 0) return /\s/u.test(folded[at - 1] ?? '') ? 1 : 2
  return letterByLetter(folded, wanted) === null ? null : 3
}

type Hit = readonly [number, number]

/** The text folded, and for each place in it the place in the text it came from. */
function foldedWithPlaces(text: string): { readonly folded: string; readonly places: readonly number[] } {
  let folded = ''
  const places: number[] = []
  let at = 0
  for (const character of text) {
    const plain = fold(character)
    for (let index = 0; index < plain.length; index += 1) places.push(at)
    folded += plain
    at += character.length
  }
  return { folded, places }
}

function letterByLetter(lower: string, wanted: string): readonly Hit[] | null {
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
  return hits.length > Math.max(2, wanted.length / 2) ? null : hits
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
