import { mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import type { Entry } from '#shared/entry.ts'
import LiveRegion from '../shell/LiveRegion.vue'
import { useClock } from '../stores/clock.ts'
import { useInbox } from '../stores/inbox.ts'
import { useTimelines } from '../stores/timelines.ts'
import { useWorkspace } from '../stores/workspace.ts'
import { aChat, aChatId, aMessage, anAttachment, anOffer, aSnapshot, noon } from '../testing/builders.ts'
import { useAnnouncer } from './use-announcer.ts'

const Announcer = defineComponent(() => {
  const said = useAnnouncer()
  return () => h(LiveRegion, { said: said.value })
})

let page: VueWrapper
/** Each time words are put into the live region, as a screen reader is told of it. */
let heard: string[]

beforeEach(() => {
  vi.useFakeTimers({ now: noon, toFake: ['Date', 'setTimeout', 'clearTimeout'] })
  setActivePinia(createPinia())
  useInbox().applySnapshot(
    aSnapshot({
      chats: [
        aChat({ chatId: 'amara' }),
        aChat({ chatId: 'jonas', customer: 'Jonas Lindqvist', unread: 4 }),
        aChat({ chatId: 'leila', customer: 'Leila Haddad' }),
      ],
    }),
  )
  useWorkspace().show(aChatId('amara'))
  showConversation(aMessage({ id: 'old', text: 'Known already' }))
  heard = []
  page = mount(Announcer, { attachTo: document.body })
})

afterEach(() => {
  page.unmount()
  vi.useRealTimers()
})

function showConversation(...entries: Entry[]): void {
  const rest = { hasOlder: true, isLoadingOlder: false, isTrimmed: false, firstUnreadId: null } as const
  useTimelines().shown.set(aChatId('amara'), { ...rest, entries, state: 'ready' })
}

let lastHeard: Element | undefined
async function pass(milliseconds: number): Promise<void> {
  for (let passed = 0; passed <= milliseconds; passed += 500) {
    await vi.advanceTimersByTimeAsync(passed === 0 ? 0 : 500)
    await nextTick()
    const words = page.find('[role="status"] > span')
    if (words.exists() && words.element !== lastHeard) {
      lastHeard = words.element
      heard.push(words.text())
    }
  }
}

function speak(chatId: string, customer: string, unread: number): Promise<void> {
  useInbox().applyChange({ kind: 'chat', chat: aChat({ chatId, customer, unread }) })
  return nextTick()
}

it('[H8] tells of each message in another chat, also of the second with the same words', async () => {
  await speak('jonas', 'Jonas Lindqvist', 5)
  await pass(8_000)
  await speak('jonas', 'Jonas Lindqvist', 6)
  await pass(8_000)

  expect(heard).toEqual(['Jonas: new message', 'Jonas: new message'])
})

it('[H8] joins what comes quickly, speaks of other chats once in five seconds, and loses nothing', async () => {
  await speak('jonas', 'Jonas Lindqvist', 5)
  await pass(0)
  await speak('leila', 'Leila Haddad', 1)
  await speak('leila', 'Leila Haddad', 2)
  // Seen on the screen is not heard.
  await speak('leila', 'Leila Haddad', 0)
  await speak('leila', 'Leila Haddad', 1)
  await speak('jonas', 'Jonas Lindqvist', 6)
  await pass(4_000)
  const early = [...heard]
  await pass(30_000)

  expect(early).toEqual(['Jonas: new message'])
  expect(heard.slice(1)).toEqual(['Leila: 3 new messages\nJonas: new message'])
})

it('[H8] says the words of each message in the open chat once, whatever else changes in it', async () => {
  const three = ['one', 'two', 'two'].map((text, index) =>
    aMessage({ id: `m${index}`, text, at: noon + index }),
  )
  const own = aMessage({ id: 'own', own: true, text: 'Mine', at: noon + 9 })
  const known = aMessage({ id: 'old', text: 'Known already' })
  await speak('amara', 'Amara Okafor', 3)
  showConversation(known, ...three, own)
  await pass(3_000)
  // Older pages, receipts, a fresh reading and what was let go and loaded again.
  const older = aMessage({ id: 'older', text: 'Long ago', at: noon - 1_000 })
  showConversation(older, known, ...three, { ...own, delivery: { state: 'read', at: noon } })
  await pass(3_000)
  showConversation(known)
  await nextTick()
  showConversation(older, known, ...three, own)
  await pass(8_000)

  expect(heard).toEqual(['Amara Okafor: one\nAmara Okafor: two\nAmara Okafor: two'])
})

it('[H8] says files by name, and a growing message when it has grown', async () => {
  const growing = aMessage({ id: 'bot', text: 'Hel', streaming: true })
  showConversation(aMessage({ id: 'old' }), growing, anAttachment({ id: 'file', at: noon + 1 }))
  await pass(3_000)
  showConversation(aMessage({ id: 'old' }), {
    ...growing,
    body: { kind: 'text', text: 'Hello!' },
    streaming: false,
  })
  await pass(3_000)

  expect(heard).toEqual(['Amara Okafor: File: order.pdf', 'Amara Okafor: Hello!'])
})

it('[H8] tells of each offer once, and of a new chat that brings messages', async () => {
  const offers = [anOffer(), anOffer({ offerId: 'o2', customer: 'Kim Novak', queue: null })]
  useInbox().applyChange({ kind: 'offers', offers })
  await pass(2_000)
  useInbox().applyChange({ kind: 'offers', offers: [...offers] })
  await pass(8_000)
  await speak('kim', 'Kim Novak', 2)
  await pass(8_000)

  expect(heard).toEqual(['New offer: Priya Raman, Billing\nNew offer: Kim Novak', 'Kim: 2 new messages'])
})

it('[H8] keeps for the return what comes while nobody is there', async () => {
  const state = { isMaximized: false, isFocused: false }
  useInbox().applyChange({ kind: 'window', window: { ...state, isAway: true } })
  await speak('leila', 'Leila Haddad', 1)
  await pass(20_000)
  const away = [...heard]
  useInbox().applyChange({ kind: 'window', window: { ...state, isAway: false } })
  await pass(0)

  expect([away, heard]).toEqual([[], ['Leila: new message']])
})

it('[H8] tells once when a customer becomes due, and never a tick', async () => {
  const clock = useClock()
  clock.tick()
  await nextTick()

  vi.setSystemTime(noon + 60_000)
  clock.tick()
  await pass(0)
  vi.setSystemTime(noon + 61_000)
  clock.tick()
  await pass(8_000)

  expect(heard).toEqual(['Amara is due\nJonas is due\nLeila is due'])
})

it('[H8] lets a region that comes later repeat nothing', () => {
  const said = { number: 7, text: 'Jonas: new message' }
  const late = mount(LiveRegion, { props: { said } })

  expect(late.text()).toBe('')
  late.unmount()
})
