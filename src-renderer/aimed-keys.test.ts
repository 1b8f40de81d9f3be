import { flushPromises, mount, type DOMWrapper, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Chat } from '#shared/model.ts'
import App from './App.vue'
import { aChat, aChatId, anInstance, anOffer, aSnapshot, noon } from './testing/builders.ts'
import { FakeDesk } from './testing/fake-desk.ts'

const asked = { waitingFor: 'customer', since: noon } as const
const jonas = aChat({ chatId: 'jonas', customer: 'Jonas Lindqvist', turn: asked })
const kim = aChat({ chatId: 'kim', customer: 'Kim Novak', turn: asked })

describe('keys and whom they are for', () => {
  let desk: FakeDesk
  let app: VueWrapper

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance', 'Date', 'setTimeout', 'clearTimeout'] })
    desk = new FakeDesk()
    window.sessionStorage.clear()
  })

  afterEach(() => {
    app.unmount()
    vi.useRealTimers()
  })

  async function open(...chats: readonly Chat[]): Promise<void> {
    desk.answer('desk.snapshot', () =>
      aSnapshot({ instances: [anInstance()], chats: [...chats], offers: [anOffer()] }),
    )
    app = mount(App, { global: { plugins: [createPinia()] }, attachTo: document.body })
    await flushPromises()
  }

  const field = (): Omit<DOMWrapper<HTMLTextAreaElement>, 'exists'> => app.get('textarea')
  const front = (): string | undefined => app.get('[role="log"]').attributes('aria-label')
  const shield = (): string => (app.find('.shield').exists() ? app.get('.shield').text() : '')
  const sent = (): readonly unknown[] => desk.inputsOf('chat.send')

  async function press(key: string, extra: KeyboardEventInit = {}): Promise<void> {
    const target = document.activeElement ?? document.body
    target.dispatchEvent(new KeyboardEvent('keydown', { key, ...extra, bubbles: true, cancelable: true }))
    await flushPromises()
  }

  /** As a keyboard does: a press and what it writes. */
  async function type(text: string): Promise<void> {
    await press(text.at(-1) ?? '')
    await field().setValue(field().element.value + text)
  }

  async function later(milliseconds = 500): Promise<void> {
    vi.advanceTimersByTime(milliseconds)
    await flushPromises()
  }

  it('[L4] [G5] holds what is typed on when an offer is accepted late, and moves it only with Enter', async () => {
    await open(jonas)
    let accept: (value: unknown) => void = () => undefined
    desk.answer('offer.accept', () => new Promise((resolve) => (accept = resolve)))
    await app.findAll('.offer button').at(-1)?.trigger('click')
    await type('you wi')
    desk.patch({ kind: 'chat', chat: kim }, { kind: 'offers', offers: [] })
    accept({ chatId: aChatId('kim') })
    await flushPromises()

    await type('ll be refunded today')
    expect(front()).toBe('Conversation with Kim Novak')
    expect(shield()).toMatch(/^For Kim Novak\?/)
    await press('Enter')
    await press('Enter')

    expect(sent()).toEqual([])
    expect([field().element.value, shield()]).toEqual(['ll be refunded today', ''])
    await later()
    await press('Enter')
    expect(sent()).toMatchObject([{ chatId: 'kim', text: 'll be refunded today' }])
  })

  it('[L4] puts the accepted chat in front for keys when nothing was done since', async () => {
    await open(jonas)
    desk.answer('offer.accept', () => {
      desk.patch({ kind: 'chat', chat: kim })
      return { chatId: aChatId('kim') }
    })

    await app.findAll('.offer button').at(-1)?.trigger('click')
    await flushPromises()

    expect([front(), shield()]).toEqual(['Conversation with Kim Novak', ''])
  })

  it.each<[string, () => unknown]>([
    ['Ctrl+W in the middle of a sentence', () => press('w', { ctrlKey: true })],
    ['a chat that goes away', () => desk.patch({ kind: 'chat-removed', chatId: jonas.chatId })],
  ])('[G5] [F4] holds keys after %s', async (_what, act) => {
    await open(jonas, { ...kim, draft: 'Half a thought' })
    await type('see you')

    await act()
    await flushPromises()
    await press('Enter')
    await type(' at six')

    expect([front(), field().element.value]).toEqual(['Conversation with Kim Novak', ' at six'])
    expect(shield()).toMatch(/^For Kim Novak\?/)
    await press('Escape')
    expect([field().element.value, shield()]).toEqual(['Half a thought', ''])
    expect(sent()).toEqual([])
  })

  it.each<[string, string, KeyboardEventInit]>([
    ['F8 with nobody waiting', 'F8', {}],
    ['a number that no tab has', '7', { ctrlKey: true }],
    ['Ctrl+Tab with one tab', 'Tab', { ctrlKey: true }],
  ])('[G5] [F4] holds keys after %s', async (_what, key, extra) => {
    await open(jonas)
    await type('see you')

    await press(key, extra)
    await type('next one')

    expect(field().element.value).toBe('next one')
    expect(shield()).toMatch(/^For Jonas Lindqvist\?/)
    await press('Enter')
    expect([field().element.value, sent()]).toEqual(['see you next one', []])
  })

  it('[L5] sends no draft that was there before with a second Enter, held down or pressed again', async () => {
    await open(jonas, { ...kim, draft: 'Half a thought' })
    await later()

    await press('2', { ctrlKey: true })
    await press('Enter')
    await press('Enter', { repeat: true })
    await later()
    await press('Enter')

    expect([front(), sent()]).toEqual(['Conversation with Kim Novak', []])
    expect(app.text()).toContain('This text was here before')
    await type(', and a whole one')
    await press('Enter')
    expect(sent()).toMatchObject([{ chatId: 'kim', text: 'Half a thought, and a whole one' }])
  })

  it('[L5] lets a held key and a second Enter press no other button', async () => {
    await open(jonas, kim)
    const rows = app.findAll<HTMLElement>('[aria-label="Inbox"] .row')
    const seen: string[] = []
    for (const row of rows) row.element.addEventListener('keydown', () => seen.push(row.text()))

    rows[0]?.element.focus()
    await press('Enter')
    rows[1]?.element.focus()
    await press('Enter')
    await press('Enter', { repeat: true })

    expect(seen).toHaveLength(1)
  })

  describe('the second press of a double click', () => {
    function click(element: HTMLElement | undefined): void {
      const at = { bubbles: true, cancelable: true, clientX: 40, clientY: 300, detail: 1 }
      element?.dispatchEvent(new PointerEvent('pointerdown', at))
      element?.dispatchEvent(new MouseEvent('click', at))
    }

    it('[L5] is dropped where it meets another button', async () => {
      await open(jonas, kim)
      const [first, second] = app.findAll<HTMLElement>('[aria-label="Inbox"] .row')

      click(second?.element)
      click(first?.element)
      await flushPromises()

      expect(front()).toBe(`Conversation with ${second?.element.title ?? ''}`)
    })

    it.each([
      ['a key', () => press('a')],
      ['a text', () => field().setValue('written')],
    ])('[L5] counts when %s came between, since then it is no double click', async (_between, act) => {
      await open(jonas, kim)
      const [first, second] = app.findAll<HTMLElement>('[aria-label="Inbox"] .row')

      click(second?.element)
      await act()
      click(first?.element)
      await flushPromises()

      expect(front()).toBe(`Conversation with ${first?.element.title ?? ''}`)
    })
  })

  it('[F3] does nothing global while an input method composes', async () => {
    await open(jonas, kim)

    await press('F8', { isComposing: true })
    await press('k', { ctrlKey: true, isComposing: true })
    await press('2', { ctrlKey: true, isComposing: true })

    expect([front(), app.find('.pal').exists(), shield()]).toEqual([
      'Conversation with Jonas Lindqvist',
      false,
      '',
    ])
  })

  it('[F1] [F2] [F4] takes keys by their place where they write no Latin letter, and once only', async () => {
    await open(jonas, kim)

    await press('ě', { ctrlKey: true, code: 'Digit2' })
    const second = front()
    await press('л', { ctrlKey: true, code: 'KeyK' })
    const palette = app.find('.pal').exists()
    await press('&', { ctrlKey: true, code: 'Digit1' })
    await press('ц', { ctrlKey: true, code: 'KeyW' })
    await press('ц', { ctrlKey: true, code: 'KeyW', repeat: true })

    expect([second, palette, app.find('.pal').exists()]).toEqual(['Conversation with Kim Novak', true, false])
    expect(app.findAll('[role="tab"]')).toHaveLength(1)
  })

  it('[F2] shows the number of each tab while Ctrl is held, and not for a shortcut', async () => {
    await open(jonas, kim)
    const numbers = (): readonly string[] => app.findAll('.tab .num').map((number) => number.text())

    await press('Control', { ctrlKey: true })
    await press('c', { ctrlKey: true })
    await later()
    const shortcut = numbers()
    await press('Control', { ctrlKey: true })
    await later(300)
    const held = numbers()
    await press('Control', { ctrlKey: true })
    await later(300)
    window.dispatchEvent(new KeyboardEvent('keyup', { key: 'Control' }))
    await flushPromises()
    const released = numbers()
    await press('Control', { ctrlKey: true })
    await later(300)
    window.dispatchEvent(new Event('blur'))
    await flushPromises()

    expect([shortcut, held, released, numbers()]).toEqual([[], ['1', '2'], [], []])
  })

  it('[G5] keeps the last keys of somebody whose chat ends, and presses nothing with them', async () => {
    await open(jonas, kim)
    await type('and I will')

    desk.patch({ kind: 'chat', chat: { ...jonas, link: { phase: 'ended', at: noon, reason: 'completed' } } })
    await flushPromises()
    await press('!')
    await press('Enter')

    expect(app.get('.unsent').text()).toContain('and I will!')
    expect(desk.inputsOf('contact.close')).toEqual([])
  })
})
