import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import App from './App.vue'
import { eventText } from './chat/event-text.ts'
import { useNotices } from './stores/notices.ts'
import { useWorkspace } from './stores/workspace.ts'
import {
  aChat,
  aChatId,
  aMessage,
  anAttachment,
  anEvent,
  anInstance,
  anOffer,
  aSnapshot,
  noon,
} from './testing/builders.ts'
import { FakeDesk } from './testing/fake-desk.ts'
import { isolated } from './ui/bidi.ts'

const name = 'שרה לוי'
const waiting = 'דוד כהן'
const words = 'שלום, איפה ההזמנה שלי?'
/** Turns all that follows, where nothing holds it. */
const turning = 'Ana\u202eserroT'
const file = {
  attachmentId: 'f',
  name: 'קבלה.pdf',
  contentType: 'application/pdf',
  status: 'approved',
  bytes: 1,
} as const

let app: VueWrapper
let desk: FakeDesk

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  desk = new FakeDesk()
  window.sessionStorage.clear()
  const preview = { who: 'customer', text: words, isFile: false } as const
  const chats = [aChat({ customer: name, preview }), aChat({ chatId: 'turning', customer: turning })]
  const offers = [anOffer({ customer: waiting })]
  desk.answer('desk.snapshot', () => aSnapshot({ instances: [anInstance()], chats, offers }))
  const entries = [aMessage({ text: words }), anAttachment({ at: noon + 1, files: [file] })]
  desk.answer('timeline.watch', () => ({ entries, hasOlder: false, firstUnreadId: null, revision: 1 }))
  app = mount(App, { global: { plugins: [createPinia()] }, attachTo: document.body })
  await flushPromises()
})

afterEach(() => {
  app.unmount()
  vi.useRealTimers()
})

/** Whether a text stands in an element that takes its own direction from it. */
function isOwn(text: string, within: string): boolean {
  const inside = app.findAll(`${within} bdi, ${within} [dir="auto"]`)
  return inside.some((part) => part.text().includes(text)) || app.get(within).attributes('dir') === 'auto'
}

it.each([
  ['the row', name, '.row .name'],
  ['the preview', words, '.row .prev'],
  ['the tab', name, '[role="tab"]'],
  ['the offer', waiting, '.offer'],
  ['the header', name, '.conv-head'],
  ['the head of the composer', name, '.c-to'],
  ['the composer', '', 'textarea'],
])('[H7] lets %s begin on its own side', (_where, text, within) => {
  expect(isOwn(text, within)).toBe(true)
})

it('[H7] isolates a name in sentences that are plain text, and leaves others as they are', () => {
  expect(isolated('Ana Torres')).toBe('Ana Torres')
  expect(isolated(name)).toBe(`\u2068${name}\u2069`)
  expect(isolated(turning)).toBe('AnaserroT')
  expect(isolated(`${name}\u2069\u202e`)).toBe(`\u2068${name}\u2069`)
  const sentence = eventText(anEvent(), aChat({ customer: name, knownAs: null }))
  expect(sentence).toMatch(/^[^\u05d0-\u05ea]* joined at|^\u2068/u)
})

it('[H7] lets no name turn the title, a dialog or a notice around', async () => {
  useWorkspace().show(aChatId('turning'))
  useWorkspace().dialog = { kind: 'end-chat', chatId: aChatId('turning') }
  desk.refuse('offer.decline', 'internal', 'No.')
  await flushPromises()
  await app.get('.offer button').trigger('click')
  await flushPromises()
  vi.advanceTimersByTime(300)

  expect(document.title).toBe('AnaserroT - Parley')
  expect(app.get('dialog h2').text()).toBe('End the chat with AnaserroT?')
  expect(useNotices().shown.map(({ title }) => title)).toEqual([
    `The offer from \u2068${waiting}\u2069 was not declined.`,
  ])
})
