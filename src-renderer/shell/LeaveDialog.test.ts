import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useInbox } from '../stores/inbox.ts'
import { useWorkspace } from '../stores/workspace.ts'
import { aChat, aSnapshot } from '../testing/builders.ts'
import { FakeDesk } from '../testing/fake-desk.ts'
import LeaveDialog from './LeaveDialog.vue'

const amara = aChat({
  customer: 'Amara Okafor',
  outbox: { waiting: 1, failed: 0 },
  filesOut: { staged: 1, moving: 0, failed: 1 },
  draft: '',
})

describe('[E2] [B5] the question before Parley is left', () => {
  let desk: FakeDesk

  beforeEach(() => {
    setActivePinia(createPinia())
    desk = new FakeDesk()
    useInbox().applySnapshot(aSnapshot({ chats: [amara] }))
    useWorkspace().isLeaving = true
  })

  async function press(dialog: VueWrapper, name: string): Promise<void> {
    await dialog
      .findAll('button')
      .find((one) => one.text() === name)
      ?.trigger('click')
    await flushPromises()
  }

  it('names who is live and what is not sent, and says what becomes of it', () => {
    const text = mount(LeaveDialog).text()

    expect(text).toContain('Amara Okafor: live, 1 message not sent, 2 files not sent')
    expect(text).toContain('What is not sent is kept')
    expect(text).not.toContain('a draft')
  })

  it('says that what is not sent is lost where everything is in memory', () => {
    useInbox().applySnapshot(
      aSnapshot({ chats: [amara], custody: { mode: 'memory-only', reason: 'missing' } }),
    )

    expect(mount(LeaveDialog).text()).toContain('what is not sent is lost when it quits')
  })

  it('keeps Parley in the tray, for good when told so', async () => {
    const dialog = mount(LeaveDialog)
    await dialog.get('input').setValue(true)
    await press(dialog, 'Keep in tray')

    expect(desk.inputsOf('settings.change')).toEqual([{ closing: 'tray' }])
    expect(desk.inputsOf('window.leave')).toEqual([{ to: 'tray' }])
    expect(useWorkspace().isLeaving).toBe(false)
  })

  it('quits, and keeps no choice that nobody made', async () => {
    await press(mount(LeaveDialog), 'Quit')

    expect(desk.inputsOf('settings.change')).toEqual([])
    expect(desk.inputsOf('window.leave')).toEqual([{ to: 'quit' }])
  })

  it('leaves everything as it is on Cancel', async () => {
    await press(mount(LeaveDialog), 'Cancel')

    expect(desk.inputsOf('window.leave')).toEqual([])
    expect(useWorkspace().isLeaving).toBe(false)
  })
})
