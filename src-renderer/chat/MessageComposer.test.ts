import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Chat } from '#shared/model.ts'
import { useInbox } from '../stores/inbox.ts'
import { useCopiedWords } from '../stores/copied-words.ts'
import { aChat, aChatId, aSnapshot } from '../testing/builders.ts'
import { aBoard } from '../testing/clipboard.ts'
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

  it('is named after the customer', () => {
    open()

    expect(field().attributes('aria-label')).toBe('Message to Amara Okafor')
  })

  it('sends with Enter and is empty again', async () => {
    open()
    await type('  Hello Amara ')

    await press('Enter')

    expect(sent()).toEqual([{ chatId: 'amara', text: 'Hello Amara', contentType: 'text/plain', draft: '' }])
    expect(text()).toBe('')
  })

  it('begins a new line with Shift and Enter, and while an input method composes', async () => {
    open()
    await type('Hello')

    await press('Enter', { shiftKey: true })
    await press('Enter', { isComposing: true })

    expect(sent()).toEqual([])
  })

  it('sends with Ctrl and Enter when that is the setting', async () => {
    useInbox().applySnapshot(
      aSnapshot({
        settings: {
          theme: 'system',
          sendWith: 'ctrl-enter',
          showCustomerPanel: true,
          closing: 'ask',
          textSize: 100,
        },
      }),
    )
    open()
    await type('Hello')

    await press('Enter')
    const afterEnter = sent().length
    await press('Enter', { ctrlKey: true })

    expect([afterEnter, sent().length]).toEqual([0, 1])
  })

  it('keeps the text and says why when a message is refused', async () => {
    desk.refuse('chat.send', 'not-saved', 'The disk is full. The message was not kept.')
    open()
    await type('Important')

    await press('Enter')

    expect(text()).toBe('Important')
    expect(composer.get('[role="alert"]').text()).toContain('The disk is full.')
  })

  it('keeps what was typed while a refusal was on its way', async () => {
    let refuse: (value: unknown) => void = () => undefined
    desk.answer('chat.send', () => new Promise((resolve) => (refuse = resolve)))
    open()
    await type('first')
    await press('Enter')

    await type('second')
    refuse(new Refusal('internal', 'No.'))
    await flushPromises()

    expect(text()).toBe('first\nsecond')
  })

  it('does not send the same text twice', async () => {
    desk.answer('chat.send', () => new Promise(() => undefined))
    open()
    await type('once')

    await press('Enter')
    await type('once')
    await press('Enter')

    expect(sent()).toHaveLength(1)
  })

  it('saves a draft a moment after the last key, and at once when it is put away', async () => {
    open()
    await type('half')
    await vi.advanceTimersByTimeAsync(400)
    await type('half a sentence')

    composer.unmount()

    expect(desk.inputsOf('chat.draft')).toEqual([
      { chatId: 'amara', text: 'half' },
      { chatId: 'amara', text: 'half a sentence' },
    ])
  })

  it('begins with the draft that was kept', () => {
    open({ draft: 'from yesterday' })

    expect(text()).toBe('from yesterday')
  })

  it('reports typing, but not with every key', async () => {
    open()

    await type('a')
    await type('ab')
    await type('abc')

    expect(desk.inputsOf('chat.typing')).toEqual([{ chatId: 'amara' }])
  })

  it('says "Queue" while the line is down', () => {
    open({ link: { phase: 'offline', since: 0 } })

    expect(button('Queue').exists()).toBe(true)
  })

  it('refuses what is too long and offers to send it in two parts', async () => {
    open({ maxCharacters: 20 })
    await type('First sentence. Second one here.')
    expect(button('Send').attributes('disabled')).toBeDefined()

    await button('Split in two').trigger('click')
    await press('Enter')
    await press('Enter')

    expect(sent()).toMatchObject([{ text: 'First sentence.' }, { text: 'Second one here.' }])
  })

  it('keeps both halves of a split text as the draft', async () => {
    open({ maxCharacters: 20 })
    await type('First sentence. Second one here.')

    await button('Split in two').trigger('click')
    await vi.advanceTimersByTimeAsync(400)

    expect(desk.inputsOf('chat.draft').at(-1)).toEqual({
      chatId: 'amara',
      text: 'First sentence.\nSecond one here.',
    })
  })

  it('[G1] asks before it keeps words that came from another customer', async () => {
    useCopiedWords().remember({
      chatId: aChatId('jonas'),
      customer: 'Jonas Lindqvist',
      text: 'order AH-198355',
    })
    open()
    await type('Hello ')
    const clipboardData = aBoard({ 'text/plain': 'order AH-198355' })

    await field().trigger('paste', { clipboardData })
    await type('Hello order AH-198355')
    const question = composer.get('[role="alert"]').text()
    await press('Enter')
    expect(question).toContain('You copied this from Jonas Lindqvist')
    expect([button('Send').attributes('disabled'), sent()]).toEqual(['', []])
    await button('Remove').trigger('click')

    expect(text()).toBe('Hello ')
  })

  it('stages pasted files instead of typing their names', async () => {
    open()
    const file = new File(['x'], 'label.pdf', { type: 'application/pdf' })

    await field().trigger('paste', { clipboardData: aBoard({ 'text/plain': file.name }, file) })
    await flushPromises()

    expect(desk.staged).toEqual([{ chatId: 'amara', name: 'label.pdf' }])
  })

  it('asks main for a picture that was never a file', async () => {
    open()
    const file = new File(['x'], 'image.png', { type: 'image/png', lastModified: Date.now() })

    await field().trigger('paste', { clipboardData: aBoard({ 'text/plain': file.name }, file) })

    expect(desk.inputsOf('upload.paste-image')).toEqual([{ chatId: 'amara' }])
  })

  it('offers quick responses at "/" and inserts the one that is chosen', async () => {
    open()
    await type('/ord')
    await field().trigger('input')

    await press('Enter')

    expect(text()).toBe('I have order AH-1 open. Is this the one you are asking about?')
    expect(sent()).toEqual([])
  })

  it('opens quick responses by their button, too', async () => {
    open()

    await composer.get('button[aria-label="Quick responses"]').trigger('click')
    await flushPromises()

    expect(composer.get('[role="listbox"]').attributes('aria-label')).toBe('Quick responses')
  })
})
