import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Chat } from '#shared/model.ts'
import { useInbox } from '../stores/inbox.ts'
import { aChat, aSnapshot } from '../testing/builders.ts'
import { FakeDesk, Refusal } from '../testing/fake-desk.ts'
import MessageComposer from './MessageComposer.vue'

describe('MessageComposer', () => {
  let desk: FakeDesk
  let composer: VueWrapper

  beforeEach(() => {
    vi.useFakeTimers()
    setActivePinia(createPinia())
    desk = new FakeDesk()
    useInbox().applySnapshot(aSnapshot())
  })

  afterEach(() => {
    composer.unmount()
    vi.useRealTimers()
  })

  function open(part: Partial<Chat> = {}): void {
    const chat = aChat({ ...part, attributes: [{ name: 'Order', value: 'AH-1' }] })
    composer = mount(MessageComposer, { props: { chat, instance: null }, attachTo: document.body })
  }

  const field = () => composer.get<HTMLTextAreaElement>('textarea')
  const text = (): string => field().element.value
  const button = (name: string) => {
    const found = composer.findAll('button').find((candidate) => candidate.text().startsWith(name))
    if (found === undefined) throw new Error(`No button "${name}"`)
    return found
  }
  const sent = (): readonly unknown[] => desk.inputsOf('chat.send')

  async function type(value: string): Promise<void> {
    await field().setValue(value)
  }

  async function press(key: string, extra: KeyboardEventInit = {}): Promise<void> {
    await field().trigger('keydown', { key, ...extra })
    await flushPromises()
  }

  it('[C7] sends nothing that has a field to fill in, and walks the fields with Tab', async () => {
    open({ customer: '+44 7700 900123' })
    await type('/replace')
    await press('Enter')
    const selected = () => {
      const { value, selectionStart, selectionEnd } = field().element
      return value.slice(selectionStart, selectionEnd)
    }
    expect(text()).toBe(
      'Hi {first name}, the new part for order AH-1 leaves our warehouse tomorrow and reaches you on {DeliveryDate}.',
    )
    expect(selected()).toBe('{first name}')
    expect(button('Send').attributes('disabled')).toBeDefined()

    await press('Enter')
    await press('Enter')
    expect([sent(), selected()]).toEqual([[], '{first name}'])
    await press('Tab')
    expect(selected()).toBe('{DeliveryDate}')
    await press('Tab', { shiftKey: true })
    expect(selected()).toBe('{first name}')

    await type(text().replace('{first name}', 'Ana').replace('{DeliveryDate}', 'Friday'))
    await press('Enter')
    expect(sent()).toMatchObject([{ text: expect.stringContaining('Hi Ana, the new part') as string }])
  })

  it('[C7] sends braces that the agent means as they stand', async () => {
    open()
    await type('Put {id} in the address')
    await press('Enter')
    expect(sent()).toEqual([])

    await button('Leave as written').trigger('click')
    await press('Enter')

    expect(sent()).toMatchObject([{ text: 'Put {id} in the address' }])
  })

  it('[F6] begins a new line with whatever Enter does not send', async () => {
    open()
    await type('one')

    await press('Enter', { ctrlKey: true })
    await press('Enter', { altKey: true })

    expect([text(), sent()]).toEqual(['one\n\n', []])
  })

  it('[D1] says why a draft is not saved', async () => {
    desk.refuse('chat.draft', 'disk-full', 'The disk is full.')
    open()
    await type('half')
    await vi.advanceTimersByTimeAsync(400)

    expect(composer.text()).toContain('Draft not saved. The disk is full.')
    expect(composer.text()).not.toContain('Draft saved')
  })

  it('[L11] has the text again when another chat was on screen while it was refused', async () => {
    let refuse: (value: unknown) => void = () => undefined
    desk.answer('chat.send', () => new Promise((resolve) => (refuse = resolve)))
    open()
    await type('important')
    await press('Enter')
    composer.unmount()

    refuse(new Refusal('disk-full', 'The disk is full.'))
    await flushPromises()
    open()

    expect(text()).toBe('important')
    expect(composer.get('[role="alert"]').text()).toContain('The disk is full.')
  })

  it('[L12] sends what was typed and sent while the message before was still being written', async () => {
    desk.answer('chat.send', () => new Promise((resolve) => setTimeout(() => resolve({ entryId: 'e' }), 500)))
    open()
    for (const word of ['no', 'sorry', 'done', 'bye']) {
      await type(word)
      await press('Enter')
    }
    await vi.advanceTimersByTimeAsync(3_000)

    expect(sent().map((one) => (one as { text: string }).text)).toEqual(['no', 'sorry', 'done', 'bye'])
  })
})
