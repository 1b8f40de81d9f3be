import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useInbox } from '../stores/inbox.ts'
import { aChat, anUpload, aSnapshot } from '../testing/builders.ts'
import { FakeDesk } from '../testing/fake-desk.ts'
import MessageComposer from './MessageComposer.vue'

describe('[B5] one Send', () => {
  let desk: FakeDesk
  let composer: VueWrapper

  beforeEach(() => {
    setActivePinia(createPinia())
    desk = new FakeDesk()
    const failed = { phase: 'failed', code: 'denied', reason: 'No.', canRetry: true } as const
    const uploads = [
      anUpload({ uploadId: 'u1' }),
      anUpload({ uploadId: 'u2' }),
      anUpload({ uploadId: 'u3', state: { phase: 'scanning' } }),
      anUpload({ uploadId: 'u4', state: failed }),
    ]
    useInbox().applySnapshot(aSnapshot({ uploads }))
    composer = mount(MessageComposer, { props: { chat: aChat(), instance: null }, attachTo: document.body })
  })

  afterEach(() => composer.unmount())

  async function add(uploadId: string): Promise<void> {
    const { uploads } = useInbox()
    useInbox().applySnapshot(
      aSnapshot({ uploads: [...uploads.values()].flat().concat(anUpload({ uploadId })) }),
    )
    await flushPromises()
  }

  async function pressEnter(): Promise<void> {
    await composer.get('textarea').trigger('keydown', { key: 'Enter' })
    await flushPromises()
  }
  const made = (): readonly unknown[] =>
    desk.calls.filter(({ name }) => ['chat.send', 'upload.send'].includes(name)).map(({ input }) => input)

  it('sends the text and then the files that were added', async () => {
    await composer.get('textarea').setValue('Here they are')
    await pressEnter()

    expect(made()).toEqual([
      { chatId: 'amara', text: 'Here they are', contentType: 'text/plain', draft: '' },
      { chatId: 'amara', uploadIds: ['u1', 'u2'] },
    ])
  })

  it('sends the files alone when nothing is typed', async () => {
    await add('u5')
    await pressEnter()

    expect(made()).toEqual([{ chatId: 'amara', uploadIds: ['u1', 'u2', 'u5'] }])
  })

  it('[L5] sends no file that was there before by an Enter that nobody aimed', async () => {
    await pressEnter()

    expect(made()).toEqual([])
  })

  it('says why files did not leave, and does not bring back a text that did', async () => {
    desk.refuse('upload.send', 'disk-full', 'The disk is full.')
    await composer.get('textarea').setValue('Here they are')
    await pressEnter()

    expect(composer.get('textarea').element.value).toBe('')
    expect(composer.get('[role="alert"]').text()).toContain('The disk is full.')
  })
})
