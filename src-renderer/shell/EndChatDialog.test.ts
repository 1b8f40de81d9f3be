import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { useInbox } from '../stores/inbox.ts'
import { aChat, aChatId, anUpload } from '../testing/builders.ts'
import { FakeDesk } from '../testing/fake-desk.ts'
import EndChatDialog from './EndChatDialog.vue'

let desk: FakeDesk

beforeEach(() => {
  desk = new FakeDesk()
  setActivePinia(createPinia())
})

it('tells of files on their way and of files not saved, until they are', async () => {
  const uploads = [anUpload({ state: { phase: 'sending', sentBytes: 1 } })]
  useInbox().applyChange({ kind: 'uploads', chatId: aChatId(), uploads })
  desk.answer('attachment.save-all', () => ({ saved: ['a', 'b'], failed: [] }))
  const dialog = mount(EndChatDialog, {
    props: { chat: aChat({ filesReceived: 2 }) },
    global: { stubs: { UiDialog: { template: '<div><slot /></div>' } } },
  })
  expect(dialog.text()).toContain('One file is still being sent and has to arrive or be cancelled first.')
  expect(dialog.text()).toContain('2 files from Amara are not saved.')

  await dialog.get('.unsaved button').trigger('click')
  await flushPromises()

  expect(dialog.text()).not.toContain('not saved')
})
