import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Chat } from '#shared/model.ts'
import { useInbox } from '../stores/inbox.ts'
import { useNotices } from '../stores/notices.ts'
import { aChat, aSnapshot, noon } from '../testing/builders.ts'
import { FakeDesk } from '../testing/fake-desk.ts'
import SignOutDialog from './SignOutDialog.vue'

const ended = { phase: 'ended', at: noon, reason: 'completed' } as const

let desk: FakeDesk
let dialog: VueWrapper

beforeEach(() => {
  desk = new FakeDesk()
})

afterEach(() => {
  dialog.unmount()
})

function open(...chats: readonly Chat[]): void {
  const pinia = createPinia()
  useInbox(pinia).applySnapshot(aSnapshot({ chats }))
  dialog = mount(SignOutDialog, { global: { plugins: [pinia] }, attachTo: document.body })
}

async function confirm(): Promise<void> {
  await dialog.get('.btn-solid-danger').trigger('click')
  await flushPromises()
}

describe('the sign-out dialog', () => {
  it.each<[string, readonly Chat[]]>([
    ['No chat is live.', [aChat({ link: ended })]],
    ['You leave 1 live chat.', [aChat(), aChat({ chatId: 'over', link: ended })]],
    ['You leave 2 live chats.', [aChat(), aChat({ chatId: 'other' })]],
  ])('names how many live chats end: %s', (text, chats) => {
    open(...chats)

    expect(dialog.text()).toContain(text)
    expect(desk.inputsOf('desk.sign-out')).toEqual([])
  })

  it('signs out and closes once that is confirmed', async () => {
    open(aChat())

    await confirm()

    expect(desk.inputsOf('desk.sign-out')).toHaveLength(1)
    expect(dialog.emitted('close')).toHaveLength(1)
  })

  it('stays open and says why when not everything could be removed', async () => {
    open(aChat())
    desk.refuse('desk.sign-out', 'disk-full', 'The disk is full.')

    await confirm()

    expect(dialog.emitted('close')).toBeUndefined()
    expect(useNotices().shown).toMatchObject([{ level: 'alert', detail: 'The disk is full.' }])
  })
})
