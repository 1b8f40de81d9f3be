import { describe, expect, it } from 'vitest'
import type { Entry } from '#shared/entry.ts'
import { ChatId } from '#shared/model.ts'
import { pageSize, TimelineWindows } from './timeline-windows.ts'

const chatId = ChatId.parse('chat-1')

function anEntry(number: number): Entry {
  return {
    kind: 'event',
    id: `entry-${String(number)}`,
    serviceId: `service-${String(number)}`,
    at: number,
    seq: number,
    previousContactId: null,
    event: 'joined',
    sender: null,
    detail: null,
  }
}

function aTimeline(count: number): { readonly entries: () => readonly Entry[] } {
  const all = Array.from({ length: count }, (_, index) => anEntry(index))
  return { entries: () => all }
}

describe('the part of a conversation the page holds', () => {
  it('begins with the newest page', () => {
    const page = new TimelineWindows().watch(chatId, aTimeline(200))

    expect(page.entries).toHaveLength(pageSize)
    expect(page.entries.at(-1)?.id).toBe('entry-199')
    expect(page.hasOlder).toBe(true)
  })

  it('does not pass on a change to an entry further up than the page has read', () => {
    const windows = new TimelineWindows()
    windows.watch(chatId, aTimeline(200))

    const change = windows.narrow(chatId, aTimeline(200), {
      upserted: [anEntry(3), anEntry(199)],
      removed: [],
    })

    expect(change?.upserted).toEqual([anEntry(199)])
    expect(change?.hasOlder).toBe(true)
  })

  it('passes it on once the page has scrolled there', () => {
    const windows = new TimelineWindows()
    windows.watch(chatId, aTimeline(200))
    windows.older(chatId, aTimeline(200), { beforeId: 'entry-140' })
    windows.older(chatId, aTimeline(200), { beforeId: 'entry-80', untilId: 'entry-2' })

    const change = windows.narrow(chatId, aTimeline(200), { upserted: [anEntry(3)], removed: [] })

    expect(change?.upserted).toEqual([anEntry(3)])
  })

  it('reads back as far as the entry that was found', () => {
    const windows = new TimelineWindows()
    windows.watch(chatId, aTimeline(500))

    const page = windows.older(chatId, aTimeline(500), { beforeId: 'entry-440', untilId: 'entry-17' })

    expect(page.entries[0]?.id).toBe('entry-17')
    expect(page.entries).toHaveLength(440 - 17)
    expect(page.hasOlder).toBe(true)
  })

  it('shows only the newest page of a history that arrives after the chat was opened', () => {
    const windows = new TimelineWindows()
    windows.watch(chatId, aTimeline(0))

    const history = aTimeline(1_000)
    const change = windows.narrow(chatId, history, { upserted: history.entries(), removed: [] })

    expect(change?.upserted).toHaveLength(pageSize)
    expect(change?.hasOlder).toBe(true)
  })

  it('says nothing of a chat that is not on screen', () => {
    const windows = new TimelineWindows()
    windows.watch(chatId, aTimeline(10))
    windows.unwatch(chatId)

    expect(windows.narrow(chatId, aTimeline(10), { upserted: [anEntry(9)], removed: [] })).toBeNull()
  })
})
