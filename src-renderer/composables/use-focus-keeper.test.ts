import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { nextTick } from 'vue'
import type { Entry } from '#shared/entry.ts'
import type { Chat } from '#shared/model.ts'
import App from '../App.vue'
import { useWorkspace } from '../stores/workspace.ts'
import { aChat, aMessage, anInstance, anOffer, anUpload, aSnapshot, noon } from '../testing/builders.ts'
import { FakeDesk } from '../testing/fake-desk.ts'

const amara = aChat({ chatId: 'amara' })
const jonas = aChat({ chatId: 'jonas', customer: 'Jonas Lindqvist' })

let desk: FakeDesk
let app: VueWrapper

beforeEach(() => {
  desk = new FakeDesk()
  window.sessionStorage.clear()
})

afterEach(() => app.unmount())

async function open(chats: readonly Chat[], entries: readonly Entry[] = []): Promise<void> {
  desk.answer('desk.snapshot', () =>
    aSnapshot({ instances: [anInstance()], chats: [...chats], offers: [anOffer()] }),
  )
  desk.answer('timeline.watch', () => ({ entries, hasOlder: false, firstUnreadId: null, revision: 1 }))
  app = mount(App, { global: { plugins: [createPinia()] }, attachTo: document.body })
  await flushPromises()
}

/** What a reader would call the thing that has the focus. */
function focus(): string {
  const active = document.activeElement
  if (active === null || active === document.body) return 'the page itself'
  const label = active.id === '' ? null : document.querySelector(`label[for="${active.id}"]`)?.textContent
  return active.getAttribute('aria-label') ?? label ?? active.textContent.trim().slice(0, 40)
}

function named(name: string): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>('button, textarea, [role="tab"]')].find(
    (element) => (element.getAttribute('aria-label') ?? element.textContent.trim()).startsWith(name),
  )
  if (found === undefined) throw new Error(`nothing is called ${name}`)
  return found
}

async function press(name: string): Promise<void> {
  const button = named(name)
  button.focus()
  button.click()
  await settle()
}

async function settle(): Promise<void> {
  await flushPromises()
  await nextTick()
}

async function key(name: string, init: KeyboardEventInit = {}): Promise<void> {
  const target = document.activeElement ?? document.body
  target.dispatchEvent(new KeyboardEvent('keydown', { key: name, ...init, bubbles: true, cancelable: true }))
  await settle()
}

async function refuseToken(code: 'rejected-token' | 'bad-endpoint' | 'unreachable'): Promise<void> {
  await open([amara])
  useWorkspace().dialog = { kind: 'token' }
  await settle()
  desk.refuse('contact.join', code, 'No.')
  const [token] = app.findAll('dialog input[type="text"]')
  await token?.setValue('QVFJREFIZ')
  named('Join chat').focus()
  await app.get('dialog form').trigger('submit')
  await settle()
}

it.each([
  ['a refused token', 'rejected-token', 'Participant token'],
  ['an address that is none', 'bad-endpoint', 'Endpoint'],
  ['a service that does not answer', 'unreachable', 'Join chat'],
] as const)('[F5] goes on where the join dialog has to be changed: %s', async (_what, code, place) => {
  await refuseToken(code)

  expect(focus()).toBe(place)
})

it.each(['End chat', 'Find in chat'])('[F5] comes back to the page after "%s" was closed', async (name) => {
  await open([amara])
  await press(name)
  await key('Escape')

  expect(focus()).not.toBe('the page itself')
})

it('[F5] goes from a closed tab to a tab, and from the last one to what is left', async () => {
  await open([amara, jonas])
  document.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus()
  await key('Delete')
  const after = focus()
  await key('Delete')

  expect(after).toMatch(/^Jonas Lindqvist|^Message to/)
  expect(focus()).not.toBe('the page itself')
})

it('[F5] stays in the list when the row that has it goes away, and presses no offer', async () => {
  await open([amara, jonas])
  document.querySelectorAll<HTMLElement>('.row')[1]?.focus()
  desk.patch({ kind: 'chat-removed', chatId: jonas.chatId })
  await settle()

  expect(focus()).toBe('Inbox')
})

it('[F5] stays with the offers when the one that has it expires', async () => {
  await open([amara])
  named('Accept').focus()
  desk.patch({ kind: 'offers', offers: [] })
  await settle()

  expect(document.activeElement?.className).toBe('offers')
})

it('[F5] stays in the composer when its files leave', async () => {
  await open([amara])
  desk.patch({ kind: 'uploads', chatId: amara.chatId, uploads: [anUpload()] })
  await settle()
  await press('Send files')
  desk.patch({ kind: 'uploads', chatId: amara.chatId, uploads: [] })
  await settle()

  expect(focus()).toBe('Message to Amara Okafor')
})

it('[F5] leaves a button that is switched off while it works', async () => {
  await open([{ ...amara, link: { phase: 'ended', at: noon, reason: 'completed' } }])
  desk.answer('contact.close', () => new Promise(() => undefined))
  useWorkspace().show(amara.chatId)
  await settle()
  await press('Close contact')

  expect(named('Close contact').matches(':disabled')).toBe(true)
  expect(document.activeElement?.matches(':disabled, body')).toBe(false)
})

it('[F5] is left alone by a press on an empty place', async () => {
  await open([amara], [aMessage()])
  const field = named('Message to')
  field.focus()
  window.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
  field.blur()
  await settle()
  desk.patch({ kind: 'chat', chat: { ...amara, unread: 1 } })
  await settle()

  expect(focus()).toBe('the page itself')
})
