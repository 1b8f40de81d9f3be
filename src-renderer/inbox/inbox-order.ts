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
  const sorted = [...chats].sort((a, b) => compare(a, b, sort) || a.startedAt - b.startedAt)
  return sections((key) => sorted.filter((chat) => sectionOf(chat) === key).map(({ chatId }) => chatId))
}

/** While someone points at the list rows stay where they are; new ones join the end of their section. */
export function hold(before: readonly Section[], after: readonly Section[]): readonly Section[] {
  const present = new Set(after.flatMap(({ chatIds }) => chatIds))
  const placed = new Set(before.flatMap(({ chatIds }) => chatIds))
  return sections((key) => [
    ...idsOf(before, key).filter((chatId) => present.has(chatId)),
    ...idsOf(after, key).filter((chatId) => !placed.has(chatId)),
  ])
}

function sections(idsFor: (key: SectionKey) => readonly ChatId[]): readonly Section[] {
  return keys
    .map((key) => ({ key, title: titles[key], chatIds: idsFor(key) }))
    .filter(({ chatIds }) => chatIds.length > 0)
}

function idsOf(list: readonly Section[], key: SectionKey): readonly ChatId[] {
  return list.find((section) => section.key === key)?.chatIds ?? []
}

function compare(a: Chat, b: Chat, sort: InboxSort): number {
  if (sort === 'name') return a.customer.localeCompare(b.customer)
  if (sort === 'latest') return b.lastActivityAt - a.lastActivityAt
  // Who waits longest for the agent comes first; elsewhere what happened last does.
  return sectionOf(a) === 'agent' && sectionOf(b) === 'agent'
    ? a.turn.since - b.turn.since
    : b.lastActivityAt - a.lastActivityAt
}
