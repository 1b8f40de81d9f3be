/** Names of members that machines use among themselves. A value with a space in it is read all the same. */
const machineNames =
  /^(?:templateType|version|type|style|format|mimeType|imageType|imageData|imageUrl|mediaType|viewToken|.*(?:[iI]d|ID|Ids|[iI]dentifiers?|[tT]oken|[kK]ey))$/u
/** More than any form has members; what lies deeper is shown as it is written. */
const mostVisited = 20_000
const deepest = 40

export interface ShownAlready {
  readonly words: ReadonlySet<string>
  /** Moments, in milliseconds since 1970. */
  readonly times: ReadonlySet<number>
  /** Of a kind that is known, the numbers that mean something are shown. */
  readonly numbers: boolean
}

/**
 * Every word of an interactive message that a person could read, in the order of the source. What is shown already is
 * left out. For the kinds of template that this version does not know, and for what newer ones add.
 */
export function readableWords(value: unknown, shown: ShownAlready): string[] {
  const words: string[] = []
  const seen = new Set(shown.words)
  const left: Member[] = [{ name: '', value, depth: 0 }]
  for (let visited = 0; left.length > 0 && visited < mostVisited; visited += 1) {
    const next = left.pop()
    if (next === undefined) break
    const word = wordOf(next, shown)
    if (word !== null) {
      if (!seen.has(word)) words.push(word)
      seen.add(word)
    } else if (typeof next.value === 'object' && next.value !== null) {
      const isList = Array.isArray(next.value)
      const members = Object.entries(next.value).reverse()
      for (const [name, inner] of members)
        left.push({ name: isList ? next.name : name, value: inner, depth: next.depth + 1 })
    }
  }
  if (left.length > 0) words.push('… there is more in the source of this message')
  return words
}

interface Member {
  readonly name: string
  readonly value: unknown
  readonly depth: number
}

function wordOf({ name, value, depth }: Member, shown: ShownAlready): string | null {
  if (depth > deepest && typeof value === 'object' && value !== null) return '… more, nested too deep to show'
  if (typeof value === 'number') {
    return shown.numbers || machineNames.test(name) ? null : `${name}: ${String(value)}`
  }
  if (typeof value !== 'string' || value.trim() === '') return null
  if (shown.times.has(Date.parse(value))) return null
  if (machineNames.test(name) && !/\s/u.test(value.trim())) return null
  return isData(value) ? `[${String(value.length)} characters of data]` : value.trim()
}

/** A picture written out as text. */
function isData(value: string): boolean {
  return value.length > 400 && /^(?:data:[^,]{0,100},)?[\w+/=-]+$/u.test(value)
}
