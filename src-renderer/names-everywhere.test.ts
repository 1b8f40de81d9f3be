import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import App from './App.vue'
import { useCopiedWords } from './stores/copied-words.ts'
import { useKeyAim } from './stores/key-aim.ts'
import { useWorkspace, type Dialog } from './stores/workspace.ts'
import { aChat, aChatId, anInstance, anOffer, anUpload, aSnapshot, noon } from './testing/builders.ts'
import { FakeDesk } from './testing/fake-desk.ts'

const order = (value: string) => [{ name: 'Order', value }]
const first = aChat({ chatId: 'one', customer: 'Ana Torres', attributes: order('AH-1') })
const second = aChat({ chatId: 'two', customer: 'Ana Torres', attributes: order('AH-2') })

let app: VueWrapper
let desk: FakeDesk

beforeEach(async () => {
  vi.useFakeTimers({ now: noon, toFake: ['Date', 'setTimeout', 'clearTimeout'] })
  desk = new FakeDesk()
  window.sessionStorage.clear()
  const offers = [anOffer({ customer: 'Ana Torres', queuedAt: noon - 60_000 })]
  desk.answer('desk.snapshot', () => aSnapshot({ instances: [anInstance()], chats: [first, second], offers }))
  app = mount(App, { global: { plugins: [createPinia()] }, attachTo: document.body })
  await flushPromises()
})

afterEach(() => {
  app.unmount()
  vi.useRealTimers()
})

const name = (selector: string): string | undefined => app.find(selector).attributes('aria-label')

it('[G6] tells two customers of one name apart in rows, tabs, offers, the conversation and the title', () => {
  expect(app.findAll('.row').map((row) => row.attributes('aria-label')?.split(', waiting')[0])).toEqual([
    'Ana Torres, order AH-1',
    'Ana Torres, order AH-2',
  ])
  expect(app.findAll('.row .same').map((mark) => mark.text())).toEqual(['AH-1', 'AH-2'])
  expect(app.findAll('[role="tab"]').map((tab) => tab.attributes('aria-label'))).toEqual([
    'Ana Torres, order AH-1',
    'Ana Torres, order AH-2',
  ])
  expect(app.findAll('.offer button').map((button) => button.attributes('aria-label'))).toEqual([
    'Decline Ana Torres, since 13:59',
    'Accept Ana Torres, since 13:59',
  ])
  expect([name('textarea'), name('[role="log"]')]).toEqual([
    'Message to Ana Torres, order AH-1',
    'Conversation with Ana Torres, order AH-1',
  ])
  expect(app.get('.conv-head .who').text()).toContain('Ana Torres, order AH-1')
  expect(app.get('.c-to').text()).toContain('Ana Torres, order AH-1')
  vi.advanceTimersByTime(300)
  expect(document.title).toBe('Ana Torres, order AH-1 - Parley')
})

it.each<[string, Dialog]>([
  ['ends a chat', { kind: 'end-chat', chatId: aChatId('one') }],
  ['exports a transcript', { kind: 'export', chatId: aChatId('one') }],
])('[G6] says which of the two it is before it %s', async (_what, dialog) => {
  useWorkspace().dialog = dialog
  await flushPromises()

  expect(app.get('dialog').text()).toContain('Ana Torres, order AH-1')
})

it('[G6] says it in the palette, for files, and where keys or words may be meant for the other', async () => {
  desk.patch({ kind: 'uploads', chatId: first.chatId, uploads: [anUpload()] })
  useCopiedWords().remember({ ...second, text: 'my order is late' })
  useKeyAim().comeUp(first.chatId)
  await flushPromises()
  expect(app.get('.tray-head').text()).toContain('Ana Torres, order AH-1')
  expect(app.get('.shield').text()).toMatch(/^For Ana Torres\? \(order AH-1\)/)

  useKeyAim().choose(first.chatId)
  await app.get('textarea').setValue('my order is late')
  await flushPromises()
  const question = app.get('.guard.ask').text().replace(/\s+/g, ' ')
  expect(question).toContain('from Ana Torres, order AH-2. Send it to Ana Torres, order AH-1?')

  useWorkspace().isPaletteOpen = true
  await flushPromises()
  expect(
    app
      .findAll('.pal .opt .t')
      .slice(0, 2)
      .map((item) => item.text()),
  ).toEqual(['Ana Torres, order AH-1', 'Ana Torres, order AH-2'])
})

it('[G6] says the name alone once the other is gone', async () => {
  desk.patch({ kind: 'chat-removed', chatId: second.chatId }, { kind: 'offers', offers: [] })
  await flushPromises()

  expect([name('textarea'), app.findAll('.same').length]).toEqual(['Message to Ana Torres', 0])
})
