import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useInbox } from '../stores/inbox.ts'
import { aChat, aSnapshot } from '../testing/builders.ts'
import { FakeDesk } from '../testing/fake-desk.ts'
import MessageComposer from './MessageComposer.vue'

describe('MessageComposer', () => {
  let desk: FakeDesk
  let composer: VueWrapper

  beforeEach(() => {
    setActivePinia(createPinia())
    desk = new FakeDesk()
    useInbox().applySnapshot(aSnapshot())
  })

  afterEach(() => {
    composer.unmount()
  })

  function open(): void {
    composer = mount(MessageComposer, { props: { chat: aChat(), instance: null }, attachTo: document.body })
  }

  const field = () => composer.get<HTMLTextAreaElement>('textarea')
  const text = (): string => field().element.value
  const sent = (): readonly unknown[] => desk.inputsOf('chat.send')

  async function type(value: string): Promise<void> {
    await field().setValue(value)
  }

  async function press(key: string, extra: KeyboardEventInit = {}): Promise<void> {
    await field().trigger('keydown', { key, ...extra })
    await flushPromises()
  }

  it('sends what was formatted as markdown', async () => {
    open()
    await type('It is **Saturday**')

    await press('Enter')

    expect(sent()).toMatchObject([{ contentType: 'text/markdown' }])
  })

  it('sends a list as markdown only when it was asked for', async () => {
    open()
    await type('1. Unplug it\n2. Wait')
    await press('Enter')
    await type('Unplug it')
    await composer.get('button[aria-label="Numbered list"]').trigger('click')
    await press('Enter')
    await type('1. Unplug it')
    await press('Enter')

    expect(sent()).toMatchObject([
      { contentType: 'text/plain', text: '1. Unplug it\n2. Wait' },
      { contentType: 'text/markdown', text: '1. Unplug it' },
      { contentType: 'text/plain', text: '1. Unplug it' },
    ])
  })

  it.each([
    ['b', {}, '**soon**'],
    ['I', {}, '_soon_'],
    ['l', {}, '[soon](https://)'],
    ['/', { shiftKey: true, code: 'Digit7' }, '1. soon'],
    ['(', { shiftKey: true, code: 'Digit8' }, '- soon'],
  ])('formats with Control and %s', async (key, extra, expected) => {
    open()
    await type('soon')
    field().element.setSelectionRange(0, 4)

    await press(key, { ctrlKey: true, ...extra })

    expect(text()).toBe(expected)
  })
})
