import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Entry } from '#shared/entry.ts'
import type { WatchedPage } from '#shared/model.ts'
import { aChatId, aMessage } from '../testing/builders.ts'
import { FakeDesk } from '../testing/fake-desk.ts'
import { entriesKept, useTimelines } from './timelines.ts'

const chatId = aChatId()

function messages(from: number, to: number): readonly Entry[] {
  return Array.from({ length: to - from }, (_, index) =>
    aMessage({ id: `m${from + index}`, at: from + index }),
  )
}

function aPage(entries: WatchedPage['entries'], hasOlder: boolean): WatchedPage {
  return { entries, hasOlder, revision: 1, firstUnreadId: null }
}

describe('timelines', () => {
  let desk: FakeDesk
  let timelines: ReturnType<typeof useTimelines>
  const ids = (): readonly string[] | undefined => timelines.shown.get(chatId)?.entries.map(({ id }) => id)

  beforeEach(() => {
    setActivePinia(createPinia())
    desk = new FakeDesk()
    timelines = useTimelines()
  })

  it('shows the end of a conversation and follows it', async () => {
    desk.answer('timeline.watch', () => aPage(messages(5, 7), true))
    await timelines.watch(chatId)

    timelines.applyChange(
      {
        kind: 'timeline',
        chatId,
        upserted: messages(7, 8),
        removed: ['m5'],
        hasOlder: true,
      },
      2,
    )

    expect(ids()).toEqual(['m6', 'm7'])
  })

  it('keeps changes that come before the page it asked for', async () => {
    let answer: (page: WatchedPage) => void = () => undefined
    desk.answer('timeline.watch', () => new Promise((resolve) => (answer = resolve)))
    const watching = timelines.watch(chatId)
    await flushPromises()

    timelines.applyChange(
      {
        kind: 'timeline',
        chatId,
        upserted: messages(3, 4),
        removed: [],
        hasOlder: false,
      },
      2,
    )
    answer(aPage(messages(1, 3), false))
    await watching

    expect(ids()).toEqual(['m1', 'm2', 'm3'])
  })

  it('forgets an answer that comes after the chat was put away', async () => {
    let answer: (page: WatchedPage) => void = () => undefined
    desk.answer('timeline.watch', () => new Promise((resolve) => (answer = resolve)))
    const watching = timelines.watch(chatId)
    await flushPromises()

    await timelines.unwatch(chatId)
    answer(aPage(messages(1, 3), false))
    await watching

    expect(timelines.shown.has(chatId)).toBe(false)
  })

  it('puts older pages in front and asks from the first entry it has', async () => {
    desk.answer('timeline.watch', () => aPage(messages(5, 7), true))
    desk.answer('timeline.older', () => ({ entries: messages(3, 5), hasOlder: false }))
    await timelines.watch(chatId)

    await timelines.loadOlder(chatId)
    await timelines.loadOlder(chatId)

    expect(ids()).toEqual(['m3', 'm4', 'm5', 'm6'])
    expect(desk.inputsOf('timeline.older')).toEqual([{ chatId, beforeId: 'm5' }])
  })

  it('does not let an older page undo a newer change', async () => {
    desk.answer('timeline.watch', () => aPage(messages(5, 7), true))
    desk.answer('timeline.older', () => {
      const upserted = [aMessage({ id: 'm4', at: 4, text: 'newer' })]
      timelines.applyChange({ kind: 'timeline', chatId, upserted, removed: [], hasOlder: true }, 2)
      return { entries: messages(4, 5), hasOlder: false }
    })
    await timelines.watch(chatId)

    await timelines.loadOlder(chatId)

    expect(timelines.shown.get(chatId)?.entries[0]).toMatchObject({ id: 'm4', body: { text: 'newer' } })
  })

  it('lets go of what is far above the end, and gets it back by scrolling', async () => {
    const all = messages(0, entriesKept * 2 + 1)
    desk.answer('timeline.watch', () => aPage(all, false))
    await timelines.watch(chatId)

    timelines.trim(chatId)
    const upserted = [aMessage({ id: 'm0', at: 0 })]
    timelines.applyChange({ kind: 'timeline', chatId, upserted, removed: [], hasOlder: false }, 2)

    expect(ids()).toHaveLength(entriesKept)
    expect(timelines.shown.get(chatId)).toMatchObject({ hasOlder: true, isTrimmed: true })
  })

  it('says so when a conversation cannot be loaded, and loads it again on request', async () => {
    desk.refuse('timeline.watch', 'internal', 'No.')
    await timelines.watch(chatId)
    const failed = timelines.shown.get(chatId)?.state
    desk.answer('timeline.watch', () => aPage(messages(1, 2), false))

    await timelines.watch(chatId)

    expect([failed, timelines.shown.get(chatId)?.state]).toEqual(['failed', 'ready'])
  })
})
