import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useInbox } from '../stores/inbox.ts'
import { aChat, anInstance, anOffer, aSnapshot, noon } from '../testing/builders.ts'
import { FakeDesk } from '../testing/fake-desk.ts'
import InboxPane from './InboxPane.vue'

const waiting = (chatId: string, seconds: number) =>
  aChat({ chatId, customer: chatId, turn: { waitingFor: 'agent', since: noon - seconds * 1_000 } })

let pane: VueWrapper

beforeEach(async () => {
  vi.useFakeTimers({ now: noon, toFake: ['Date', 'setTimeout', 'clearTimeout'] })
  new FakeDesk()
  setActivePinia(createPinia())
  useInbox().applySnapshot(
    aSnapshot({
      instances: [anInstance()],
      chats: [waiting('Ana', 30), waiting('Ben', 20), waiting('Cem', 10)],
    }),
  )
  pane = mount(InboxPane, { attachTo: document.body })
  await flushPromises()
})

afterEach(() => {
  pane.unmount()
  vi.useRealTimers()
})

const rows = (): readonly string[] => pane.findAll('.row .name').map((name) => name.text())
const headings = (): readonly string[] =>
  pane.findAll('.sect').map((heading) => heading.text().replace(/\s+\d+$/, ''))

async function point(x: number): Promise<void> {
  const list = pane.get('[role="list"][aria-label="Inbox"]')
  list.element.dispatchEvent(new PointerEvent('pointermove', { clientX: x, clientY: 200, bubbles: true }))
  await flushPromises()
}

async function later(milliseconds: number): Promise<void> {
  vi.advanceTimersByTime(milliseconds)
  await flushPromises()
}

/** Cem wrote first of all, Ana was answered: alone, the list would be Cem, Ben, Ana in two sections. */
async function change(): Promise<void> {
  const inbox = useInbox()
  inbox.applyChange({ kind: 'chat', chat: waiting('Cem', 90) })
  const answered = { ...waiting('Ana', 30), turn: { waitingFor: 'customer', since: noon } } as const
  inbox.applyChange({ kind: 'chat', chat: answered })
  await flushPromises()
}

it('[G2] leaves rows where they are under a pointer, and says of no heading what is not true', async () => {
  await point(10)
  await change()

  expect(rows()).toEqual(['Ana', 'Ben', 'Cem'])
  expect(headings()).toEqual(['Held in place'])
})

it('[G3] lets go about two seconds after the last move, although the pointer rests there', async () => {
  await point(10)
  await change()
  await later(1_500)
  const held = rows()
  // A browser tells of a move where only the page moved.
  await point(10)
  await later(600)

  expect(held).toEqual(['Ana', 'Ben', 'Cem'])
  expect(rows()).toEqual(['Cem', 'Ben', 'Ana'])
  expect(headings()).toEqual(['Waiting for you', 'Waiting for the customer'])
})

it('[G3] holds on while the pointer moves, and lets go when it leaves', async () => {
  await point(10)
  await change()
  await later(1_500)
  await point(11)
  await later(1_500)
  const held = rows()
  await pane.get('[role="list"][aria-label="Inbox"]').trigger('pointerleave')
  await flushPromises()

  expect(held).toEqual(['Ana', 'Ben', 'Cem'])
  expect(rows()).toEqual(['Cem', 'Ben', 'Ana'])
})

it('[G2] makes no room for offers that come and go, once there were some', async () => {
  const inbox = useInbox()
  const places = (): readonly string[] => pane.findAll('.offers > *').map((one) => one.classes().join(' '))
  inbox.applyChange({ kind: 'offers', offers: [anOffer({ offerId: 'a' }), anOffer({ offerId: 'b' })] })
  await flushPromises()
  const two = places()
  inbox.applyChange({ kind: 'offers', offers: [anOffer({ offerId: 'b' })] })
  await flushPromises()
  const second = places()
  inbox.applyChange({ kind: 'offers', offers: [] })
  await flushPromises()

  expect([two, second, places()]).toEqual([
    ['offer', 'offer'],
    ['seat', 'offer'],
    ['seat', 'seat'],
  ])
})
