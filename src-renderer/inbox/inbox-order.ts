import type { Chat, ChatId } from '#shared/model.ts'

export const inboxSorts = ['longest', 'latest', 'name'] as const
export type InboxSort = (typeof inboxSorts)[number]

export type SectionKey = 'agent' | 'customer' | 'ended'

export interface Section {
  readonly key: SectionKey
  readonly title: string
  readonly chatIds: readonly ChatId[]
}

const titles: Readonly<Record<SectionKey, string>> = {
  agent: 'Waiting for you',
  customer: 'Waiting for the customer',
  ended: 'Ended',
}
const keys: readonly SectionKey[] = ['agent', 'customer', 'ended']

export function sectionOf(chat: Pick<Chat, 'link' | 'turn'>): SectionKey {
  return chat.link.phase === 'ended' ? 'ended' : chat.turn.waitingFor
}

export function arrange(chats: Iterable<Chat>, sort: InboxSort): readonly Section[] {
  const all = [...chats]
  return sections((key) => {
    const inside = all.filter((chat) => sectionOf(chat) === key)
    return inside
      .sort((a, b) => compareInside(key, sort)(a, b) || compareAge(a, b))
      .map(({ chatId }) => chatId)
  })
}

/**
 * While someone points at the list rows stay where they are; new ones join the end of their section. A heading that is
 * not true of all its rows any more says so instead.
 */
export function hold(before: readonly Section[], after: readonly Section[]): readonly Section[] {
  const keyOf = new Map(after.flatMap(({ key, chatIds }) => chatIds.map((chatId) => [chatId, key] as const)))
  const placed = new Set(before.flatMap(({ chatIds }) => chatIds))
  const held = sections((key) => [
    ...idsOf(before, key).filter((chatId) => keyOf.has(chatId)),
    ...idsOf(after, key).filter((chatId) => !placed.has(chatId)),
  ])
  return held.map((section) =>
    section.chatIds.every((chatId) => keyOf.get(chatId) === section.key)
      ? section
      : { ...section, title: 'Held in place' },
  )
}

function sections(idsFor: (key: SectionKey) => readonly ChatId[]): readonly Section[] {
  return keys
    .map((key) => ({ key, title: titles[key], chatIds: idsFor(key) }))
    .filter(({ chatIds }) => chatIds.length > 0)
}

function idsOf(list: readonly Section[], key: SectionKey): readonly ChatId[] {
  return list.find((section) => section.key === key)?.chatIds ?? []
}

type Comparison = (a: Chat, b: Chat) => number

/** One key for all rows of a section: two keys in one comparison are no order. */
function compareInside(section: SectionKey, sort: InboxSort): Comparison {
  if (sort === 'name') return (a, b) => a.customer.localeCompare(b.customer)
  // Who waits longest for the agent comes first; elsewhere what happened last does.
  if (sort === 'longest' && section === 'agent') return (a, b) => a.turn.since - b.turn.since
  return (a, b) => b.lastActivityAt - a.lastActivityAt
}

function compareAge(a: Chat, b: Chat): number {
  return a.startedAt - b.startedAt || (a.chatId < b.chatId ? -1 : Number(a.chatId > b.chatId))
}
