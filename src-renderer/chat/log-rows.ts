import { isPending } from '#shared/entry-order.ts'
import type { AttachmentEntry, Entry, EventEntry, GapEntry, MessageEntry } from '#shared/entry.ts'
import type { Chat } from '#shared/model.ts'
import { firstName } from '../inbox/first-name.ts'
import { isTyping } from '../inbox/row.ts'
import { dayLabel, isSameDay } from '../ui/time.ts'
import { placeReceipts, type ReceiptNote } from './receipts.ts'
import { findAnswers, replacedLists, type Answer } from './templates.ts'
import { isolated } from '../ui/bidi.ts'

/** A message or files someone sent, as one line of the log. */
export interface SaidRow {
  readonly kind: 'said'
  readonly id: string
  readonly entry: MessageEntry | AttachmentEntry
  readonly startsGroup: boolean
  readonly joinsBelow: boolean
  readonly receipt: ReceiptNote | null
  readonly answer: Answer | null
}

export type LogRow =
  | SaidRow
  | { readonly kind: 'day'; readonly id: string; readonly text: string; readonly at: number }
  | {
      readonly kind: 'divider' | 'unproven' | 'typing' | 'unread'
      readonly id: string
      readonly text: string
    }
  | { readonly kind: 'gap'; readonly id: string; readonly entry: GapEntry }
  | { readonly kind: 'event'; readonly id: string; readonly entry: EventEntry }

export type LogFacts = Pick<Chat, 'customer' | 'link' | 'completeUpTo' | 'typingUntil'> & {
  /** What is shown may be old. */
  readonly isDown: boolean
  /** Where the unread messages began when the conversation was opened. */
  readonly firstUnreadId?: string | null
}

/** Stands before the first message that was not read when the conversation was opened. */
export const unreadRow = { kind: 'unread', id: 'unread', text: 'New messages' } as const satisfies LogRow

const groupWithin = 180_000

/** Turns a timeline into what is drawn: separators, groups, receipts. One row per entry keeps long chats cheap. */
export function buildRows(entries: readonly Entry[], chat: LogFacts, now: number): readonly LogRow[] {
  const receipts = placeReceipts(entries)
  const answers = findAnswers(entries)
  const replaced = replacedLists(entries)
  const unprovenAt = firstUnproven(entries, chat)
  const rows: LogRow[] = []
  let before: Entry | undefined
  entries.forEach((entry, index) => {
    if (index === unprovenAt) rows.push(unprovenRow(chat))
    if (replaced.has(entry.id)) return
    rows.push(...separators(before, entry, now))
    if (entry.id === chat.firstUnreadId) rows.push(unreadRow)
    rows.push(rowOf(entry, rows.at(-1), { receipts, answers }))
    before = entry
  })
  if (unprovenAt === entries.length) rows.push(unprovenRow(chat))
  if (isTyping(chat, now)) {
    rows.push({ kind: 'typing', id: 'typing', text: `${isolated(firstName(chat.customer))} is typing` })
  }
  return markJoins(rows)
}

function separators(before: Entry | undefined, entry: Entry, now: number): readonly LogRow[] {
  const rows: LogRow[] = []
  const wasEarlier = before?.previousContactId ?? null
  if (before !== undefined && wasEarlier !== entry.previousContactId) {
    const text = entry.previousContactId === null ? 'This conversation' : 'Another earlier conversation'
    rows.push({ kind: 'divider', id: `divider-${entry.id}`, text })
  }
  if (before === undefined && entry.previousContactId !== null) {
    rows.push({ kind: 'divider', id: 'divider-previous', text: 'Previous conversation' })
  }
  if (before === undefined || !isSameDay(before.at, entry.at)) {
    // What waits to be sent stands last, even when its day has been named further up.
    const id = isPending(entry) ? entry.id : new Date(entry.at).toDateString()
    rows.push({ kind: 'day', id: `day-${id}`, text: dayLabel(entry.at, now), at: entry.at })
  }
  return rows
}

interface Notes {
  readonly receipts: ReadonlyMap<string, ReceiptNote>
  readonly answers: ReadonlyMap<string, Answer>
}

function rowOf(entry: Entry, above: LogRow | undefined, notes: Notes): LogRow {
  if (entry.kind === 'gap') return { kind: 'gap', id: entry.id, entry }
  if (entry.kind === 'event') return { kind: 'event', id: entry.id, entry }
  return {
    kind: 'said',
    id: entry.id,
    entry,
    startsGroup: above?.kind !== 'said' || !isSameGroup(above.entry, entry),
    joinsBelow: false,
    receipt: notes.receipts.get(entry.id) ?? null,
    answer: notes.answers.get(entry.id) ?? null,
  }
}

function isSameGroup(a: SaidRow['entry'], b: SaidRow['entry']): boolean {
  if (isFailed(a) || isFailed(b)) return false
  return (
    a.sender.own === b.sender.own &&
    a.sender.role === b.sender.role &&
    a.sender.participantId === b.sender.participantId &&
    b.at - a.at <= groupWithin
  )
}

function isFailed(entry: SaidRow['entry']): boolean {
  return entry.kind === 'message' && entry.delivery?.state === 'failed'
}

function markJoins(rows: readonly LogRow[]): readonly LogRow[] {
  return rows.map((row, index) => {
    const below = rows[index + 1]
    const joinsBelow = row.kind === 'said' && below?.kind === 'said' && !below.startsGroup
    return joinsBelow ? { ...row, joinsBelow } : row
  })
}

/** Where the proof ends while the line is down: before the first entry it does not cover. */
function firstUnproven(entries: readonly Entry[], chat: LogFacts): number | null {
  const proven = chat.completeUpTo
  if (proven === null || !chat.isDown) return null
  const index = entries.findIndex((entry) => entry.at > proven || isPending(entry))
  return index < 0 ? entries.length : index
}

function unprovenRow(chat: LogFacts): LogRow {
  const text = `Newer messages from ${isolated(firstName(chat.customer))} may be missing`
  return { kind: 'unproven', id: 'unproven', text }
}
