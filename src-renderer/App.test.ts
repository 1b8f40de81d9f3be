import { flushPromises, mount, type DOMWrapper, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Snapshot } from '#shared/model.ts'
import App from './App.vue'
import { aChat, aChatId, anInstance, anOffer, aSnapshot } from './testing/builders.ts'
import { FakeDesk } from './testing/fake-desk.ts'

describe('App', () => {
  let desk: FakeDesk
  let app: VueWrapper

  beforeEach(() => {
    desk = new FakeDesk()
    window.sessionStorage.clear()
  })

  afterEach(() => {
    app.unmount()
  })

  async function open(part: Partial<Snapshot> = {}): Promise<void> {
    desk.answer('desk.snapshot', () => aSnapshot(part))
    app = mount(App, { global: { plugins: [createPinia()] }, attachTo: document.body })
    await flushPromises()
  }

  const twoChats = {
    instances: [anInstance()],
    chats: [aChat({ chatId: 'amara' }), aChat({ chatId: 'jonas', customer: 'Jonas Lindqvist', unread: 3 })],
  }

  /** Buttons that assistive technology finds under exactly this name. */
  function buttons(name: string): DOMWrapper<Element>[] {
    return app.findAll('button').filter((button) => {
      const visible = button.element.cloneNode(true) as Element
      visible.querySelectorAll('[aria-hidden="true"]').forEach((hidden) => hidden.remove())
      return (button.attributes('aria-label') ?? visible.textContent.trim()) === name
    })
  }

  async function press(key: string, extra: KeyboardEventInit = {}): Promise<void> {
    window.dispatchEvent(new KeyboardEvent('keydown', { key, ...extra, cancelable: true }))
    await flushPromises()
  }

  it('asks how chats arrive when there are none and no instance', async () => {
    await open()

    const radios = app.get('[role="radiogroup"]').findAll('input[type="radio"]')
    const group = document.getElementById(app.get('[role="radiogroup"]').attributes('aria-labelledby') ?? '')

    expect(group?.textContent).toBe('How do chats reach you?')
    expect(radios).toHaveLength(2)
    expect(app.findAll('.btn-primary')).toHaveLength(1)
  })

  it('starts a practice shift from the first run', async () => {
    await open()

    await app.get('form').trigger('submit')

    expect(desk.inputsOf('practice.start')).toEqual([{}])
  })

  it('has each action of a chat exactly once', async () => {
    await open(twoChats)

    const counts = [
      'Close chat',
      'Export transcript',
      'End chat',
      'Send',
      'Attach files',
      'Quick responses',
    ].map((name) => buttons(name).length)

    expect(counts).toEqual([1, 1, 1, 1, 1, 1])
  })

  it('keeps "Export transcript" when the customer panel is hidden', async () => {
    await open({
      ...twoChats,
      settings: {
        theme: 'system',
        sendWith: 'enter',
        showCustomerPanel: false,
        closing: 'ask',
        textSize: 100,
      },
    })

    expect(app.find('[aria-label="Customer panel"][data-landmark]').exists()).toBe(false)
    expect(buttons('Export transcript')).toHaveLength(1)
  })

  it('names the parts as agreed', async () => {
    await open(twoChats)

    expect(app.get('[role="list"]').attributes('aria-label')).toBe('Inbox')
    expect(app.get('[role="tablist"]').attributes('aria-label')).toBe('Open chats')
    expect(app.get('[role="log"]').attributes('aria-label')).toBe('Conversation with Amara Okafor')
    expect(app.get('.connection').attributes()).toMatchObject({ role: 'status', 'aria-label': 'Connection' })
  })

  it('watches only the chat in front', async () => {
    await open(twoChats)

    await app.findAll('[role="listitem"] button')[1]?.trigger('click')
    await flushPromises()

    expect(desk.inputsOf('timeline.watch')).toEqual([{ chatId: 'amara' }, { chatId: 'jonas' }])
    expect(desk.inputsOf('timeline.unwatch')).toEqual([{ chatId: 'amara' }])
  })

  it('tells the window title what is waiting', async () => {
    await open(twoChats)

    await vi.waitFor(() => expect(document.title).toBe('(3) Amara Okafor - Parley'))
  })

  it('opens the chat of an accepted offer', async () => {
    await open({ ...twoChats, offers: [anOffer()] })
    desk.answer('offer.accept', () => {
      desk.patch(
        { kind: 'chat', chat: aChat({ chatId: 'priya', customer: 'Priya Raman' }) },
        { kind: 'offers', offers: [] },
      )
      return { chatId: aChatId('priya') }
    })

    await buttons('Accept Priya Raman')[0]?.trigger('click')
    await flushPromises()

    expect(app.get('[role="log"]').attributes('aria-label')).toBe('Conversation with Priya Raman')
  })

  it('finds a chat and a command in the palette', async () => {
    await open(twoChats)
    await press('k', { ctrlKey: true })
    const dialog = app.get('dialog')
    const options = (): readonly string[] =>
      dialog.findAll('[role="option"] .t').map((option) => option.text())
    const all = options()

    await dialog.get('input').setValue('jonas')
    await dialog.get('input').trigger('keydown', { key: 'Enter' })
    await flushPromises()

    expect(dialog.attributes('aria-label')).toBe('Go to or do')
    expect(all).toEqual(
      expect.arrayContaining([
        'Amara Okafor',
        'Jonas Lindqvist',
        'Start a practice shift',
        'Paste a participant token',
      ]),
    )
    expect(app.get('[role="log"]').attributes('aria-label')).toBe('Conversation with Jonas Lindqvist')
  })

  it('keeps everything in the token dialog when joining is refused', async () => {
    desk.refuse('contact.join', 'rejected-token', 'The service does not accept this token.')
    await open(twoChats)
    await press('k', { ctrlKey: true })
    await app.get('dialog input').setValue('paste')
    await app.get('dialog input').trigger('keydown', { key: 'Enter' })
    await flushPromises()
    const fields = app.findAll<HTMLInputElement>('dialog input[type="text"]')
    await fields[0]?.setValue('QVFJ')

    await app.get('dialog form').trigger('submit')
    await flushPromises()

    expect(app.get('dialog [role="alert"]').text()).toBe('The service does not accept this token.')
    expect(fields.map(({ element }) => element.value)).toEqual([
      'QVFJ',
      '',
      'eu-west-2',
      'https://participant.example',
    ])
  })

  it('asks before it ends a chat', async () => {
    await open(twoChats)
    await buttons('End chat')[0]?.trigger('click')
    const asked = app.get('dialog h2').text()

    await app.get('dialog .btn-solid-danger').trigger('click')
    await flushPromises()

    expect(asked).toBe('End the chat with Amara Okafor?')
    expect(desk.inputsOf('chat.end')).toEqual([{ chatId: 'amara' }])
    expect(app.find('dialog').exists()).toBe(false)
  })

  it('steps through the chats with Ctrl and Tab, and jumps with Ctrl and a number', async () => {
    await open(twoChats)
    const front = (): string | undefined => app.get('[role="log"]').attributes('aria-label')

    await press('Tab', { ctrlKey: true })
    const next = front()
    await press('1', { ctrlKey: true })

    expect([next, front()]).toEqual(['Conversation with Jonas Lindqvist', 'Conversation with Amara Okafor'])
  })

  it('opens the same tabs after the page is loaded again', async () => {
    await open(twoChats)
    await buttons('Close chat')[0]?.trigger('click')
    app.unmount()

    await open(twoChats)

    expect(app.findAll('[role="tab"]').map((tab) => tab.get('.name').text())).toEqual(['Jonas Lindqvist'])
  })
})
