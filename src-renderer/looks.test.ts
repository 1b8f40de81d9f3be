import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import FailedActions from './chat/entries/FailedActions.vue'
import InstanceTag from './inbox/InstanceTag.vue'
import PictureDialog from './shell/PictureDialog.vue'
import { useDrafts } from './stores/drafts.ts'
import { useInbox } from './stores/inbox.ts'
import { useTimelines } from './stores/timelines.ts'
import { aChat, aMessage, anAttachment, anInstance, aSnapshot } from './testing/builders.ts'
import { FakeDesk } from './testing/fake-desk.ts'

const chat = aChat()
let desk: FakeDesk

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  desk = new FakeDesk()
  setActivePinia(createPinia())
  useInbox().applySnapshot(aSnapshot({ chats: [chat], instances: [anInstance()] }))
})

afterEach(() => {
  vi.useRealTimers()
})

async function press(view: VueWrapper, name: string): Promise<void> {
  const button = view.findAll('button').find((one) => (one.attributes('aria-label') ?? one.text()) === name)
  await button?.trigger('click')
  await flushPromises()
}

it('[J] names an instance beside customers only where there are several', async () => {
  const tag = mount(InstanceTag, { props: { instance: anInstance() } })
  const alone = tag.text()
  useInbox().applyChange({ kind: 'instances', instances: [anInstance(), anInstance({ instanceId: 'us' })] })
  await flushPromises()

  expect([alone, tag.text()]).toEqual(['', 'UK'])
})

it('[J] saves a picture from where it is looked at', async () => {
  const file = {
    attachmentId: 'p',
    name: 'leg.png',
    contentType: 'image/png',
    status: 'approved',
    bytes: 1,
  } as const
  const rest = { hasOlder: false, isLoadingOlder: false, isTrimmed: false, firstUnreadId: null } as const
  useTimelines().shown.set(chat.chatId, {
    ...rest,
    entries: [anAttachment({ files: [file] })],
    state: 'ready',
  })
  const dialog = mount(PictureDialog, {
    props: { chat, attachmentId: 'p', name: 'leg.png', first: 'app://parley/p' },
    attachTo: document.body,
  })
  await press(dialog, 'Save leg.png')
  dialog.unmount()

  expect(desk.inputsOf('attachment.save')).toEqual([{ chatId: chat.chatId, attachmentId: 'p' }])
})

it('[J] lets a message that was refused be changed: it leaves the log and stands in the composer', async () => {
  const entry = aMessage({ own: true, text: 'Too <b>bold</b>', id: 'failed' })
  const actions = mount(FailedActions, { props: { entry, chat } })
  useDrafts().of(chat).text = 'Half a thought'
  await press(actions, 'Edit')

  expect(desk.inputsOf('chat.discard')).toEqual([{ chatId: chat.chatId, entryId: 'failed' }])
  expect(useDrafts().textOf(chat)).toBe('Half a thought\nToo <b>bold</b>')

  desk.refuse('chat.discard', 'internal', 'No.')
  await press(actions, 'Edit')
  expect(useDrafts().textOf(chat)).toBe('Half a thought\nToo <b>bold</b>')
})
