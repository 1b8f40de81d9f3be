import type { ChatId } from '#shared/model.ts'

export interface CopiedWords {
  readonly chatId: ChatId
  readonly customer: string
  readonly text: string
}

/** Words in a text that came from another customer, not answered for yet. */
export interface ForeignMark {
  readonly start: number
  readonly end: number
  readonly from: Pick<CopiedWords, 'chatId' | 'customer'>
}

/** What one change did: at `start`, `removed` characters went and `inserted` came. */
export interface Edit {
  readonly start: number
  readonly removed: number
  readonly inserted: string
}

const shortest = 3
/** Shorter words are found inside others by chance. */
const shortestPart = 8

/** The customer whose words these are, by what was copied last; null when they are this chat's own or nobody's. */
export function foreignSource(
  copied: readonly CopiedWords[],
  words: string,
  chatId: ChatId,
): CopiedWords | null {
  const wanted = squeezed(words)
  if (wanted.length < shortest) return null
  const source = copied.find(({ text }) => isSame(wanted, squeezed(text)))
  return source === undefined || source.chatId === chatId ? null : source
}

function isSame(one: string, other: string): boolean {
  if (one === other) return true
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return short.length >= shortestPart && long.includes(short)
}

/** Line ends and spaces change on the way through a clipboard. */
function squeezed(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}

/** `caret` is where it stands afterwards, which tells equal characters apart. */
export function editBetween(before: string, after: string, caret: number): Edit {
  const behind = after.slice(caret)
  const suffix = before.endsWith(behind) ? behind.length : commonEnd(before, after)
  const most = Math.min(before.length, after.length) - suffix
  let start = 0
  while (start < most && before[start] === after[start]) start += 1
  return {
    start,
    removed: before.length - suffix - start,
    inserted: after.slice(start, after.length - suffix),
  }
}

function commonEnd(one: string, other: string): number {
  const most = Math.min(one.length, other.length)
  let count = 0
  while (count < most && one.at(-1 - count) === other.at(-1 - count)) count += 1
  return count
}

export function moveMarks(marks: readonly ForeignMark[], edit: Edit): readonly ForeignMark[] {
  const { start: from, removed, inserted } = edit
  const until = from + removed
  const shift = inserted.length - removed
  return marks.flatMap((mark) => {
    if (removed > 0 && from <= mark.start && mark.end <= until) return []
    if (mark.end <= from) return [mark]
    if (mark.start >= until) return [{ ...mark, start: mark.start + shift, end: mark.end + shift }]
    const start = mark.start > from ? from + inserted.length : mark.start
    const end = mark.end < until ? from : mark.end + shift
    return end > start ? [{ ...mark, start, end }] : []
  })
}

export function withoutMarked(text: string, marks: readonly ForeignMark[]): string {
  return [...marks]
    .sort((a, b) => b.start - a.start)
    .reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text)
}
