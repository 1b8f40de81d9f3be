import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Entry } from '#shared/entry.ts'
import type { WatchedPage } from '#shared/model.ts'
import { aChatId, aMessage } from '../testing/builders.ts'
import { FakeDesk } from '../testing/fake-desk.ts'
import { useTimelines } from './timelines.ts'

const chatId = aChatId()
const failed = aMessage({ own: true, delivery: { state: 'failed', code: 'denied', reason: 'No.' } })

describe('timelines', () => {
  let desk: FakeDesk
  let timelines: ReturnType<typeof useTimelines>

  beforeEach(() => {
    setActivePinia(createPinia())
    desk = new FakeDesk()
    timelines = useTimelines()
  })

  it.each<[string, Entry, Entry]>([
    ['failed, never back to sending', aMessage({ own: true, delivery: { state: 'sending' } }), failed],
    ['sending again after a retry', failed, aMessage({ own: true, delivery: { state: 'sending' } })],
    [
      'taken back for another text',
      aMessage({ text: 'first', streaming: false }),
      aMessage({ text: 'second', streaming: true }),
    ],
  ])('[D5] shows what main numbered last when a chat is watched again: %s', async (_, older, newer) => {
    let answer: (page: WatchedPage) => void = () => undefined
    desk.answer('timeline.watch', () => new Promise((resolve) => (answer = resolve)))
    const change = (entry: Entry) =>
      ({ kind: 'timeline', chatId, upserted: [entry], removed: [], hasOlder: false }) as const
    const shown = () => timelines.shown.get(chatId)?.entries
    const first = timelines.watch(chatId)
    await flushPromises()
    timelines.applyChange(change(older), 7)
    answer({ entries: [newer], hasOlder: false, revision: 8, firstUnreadId: null })
    await first
    expect(shown()).toEqual([newer])

    const again = timelines.watch(chatId)
    await flushPromises()
    timelines.applyChange(change(newer), 9)
    answer({ entries: [older], hasOlder: false, revision: 8, firstUnreadId: null })
    await again

    expect(shown()).toEqual([newer])
  })
})
