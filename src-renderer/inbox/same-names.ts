import { cutTo } from '#shared/cut.ts'
import { fold } from '#shared/fold.ts'
import { exactTimeOfDay, timeOfDay } from '../ui/time.ts'

/** Somebody who is shown by a name that others may have as well. */
export interface NameBearer {
  readonly id: string
  readonly name: string
  readonly attributes: readonly { readonly name: string; readonly value: string }[]
  /** Since when they are here. */
  readonly since: number
}

/** What tells one from others of the same name. */
export interface NameMark {
  /** Beside the name: "AH-201", "14:03". */
  readonly short: string
  /** Behind the name: "order AH-201", "since 14:03". */
  readonly text: string
}

const telling = /order|booking|reservation|case|ticket|reference|invoice|policy|contract/iu
const longestValue = 24

/** For everybody whose name somebody else has too: their order number where that differs, else their time. */
export function markSameNames(all: Iterable<NameBearer>): ReadonlyMap<string, NameMark> {
  const groups = new Map<string, NameBearer[]>()
  for (const one of all) {
    const key = fold(one.name)
      .replace(/[\s\p{Cf}]+/gu, ' ')
      .trim()
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return new Map([...groups.values()].filter(({ length }) => length > 1).flatMap(marksIn))
}

function marksIn(group: readonly NameBearer[]): readonly (readonly [string, NameMark])[] {
  const marks = new Map<string, NameMark>()
  let left = [...group].sort((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1))
  for (const way of [orderOf, since(timeOfDay), since(exactTimeOfDay)]) {
    const found = left.map((one) => [one.id, way(one)] as const)
    for (const [id, mark] of found) {
      const isAlone = found.every(([other, its]) => other === id || its?.short !== mark?.short)
      if (mark !== null && isAlone) marks.set(id, mark)
    }
    left = left.filter(({ id }) => !marks.has(id))
  }
  left.forEach(({ id }, index) => {
    const number = `no. ${index + 1}`
    marks.set(id, { short: number, text: number })
  })
  return [...marks]
}

function orderOf({ attributes }: NameBearer): NameMark | null {
  const found = attributes.find(({ name, value }) => telling.test(name) && value.trim() !== '')
  if (found === undefined) return null
  const short = cutTo(found.value.trim(), longestValue)
  return { short, text: `${found.name.toLowerCase()} ${short}` }
}

function since(format: (at: number) => string): (bearer: NameBearer) => NameMark {
  return (bearer) => ({ short: format(bearer.since), text: `since ${format(bearer.since)}` })
}
