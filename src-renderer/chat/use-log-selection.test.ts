import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { computed, defineComponent, h, shallowRef, useTemplateRef } from 'vue'
import { useInbox } from '../stores/inbox.ts'
import { useTimelines } from '../stores/timelines.ts'
import { useWorkspace } from '../stores/workspace.ts'
import { aChat, aChatId, aMessage, aSnapshot, noon } from '../testing/builders.ts'
import { aBoard } from '../testing/clipboard.ts'
import { FakeDesk } from '../testing/fake-desk.ts'
import { buildRows } from './log-rows.ts'
import { provideLogSelection, type LogSelection } from './use-log-selection.ts'

const chat = aChat()
const messages = Array.from({ length: 200 }, (_, index) =>
  aMessage({ id: `m${index}`, text: `Words ${index}.`, at: noon + index, seq: index }),
)
const line = (index: number): string => `Amara Okafor, 14:00: Words ${index}.`

/** As the list does it: only some rows are drawn. */
const drawn = shallowRef<readonly number[]>([])
let selection: LogSelection
const Log = defineComponent(() => {
  const timelines = useTimelines()
  const log = useTemplateRef<HTMLElement>('log')
  const rows = computed(() => {
    const entries = timelines.shown.get(chat.chatId)?.entries ?? []
    return buildRows(entries, { ...chat, isDown: false }, noon).filter((row) => row.kind === 'said')
  })
  selection = provideLogSelection(() => chat, { log: () => log.value, rows })
  return () =>
    h('div', [
      h('header', 'Header'),
      h(
        'div',
        { ref: 'log', tabindex: 0, onKeydown: selection.takeKey },
        drawn.value.map((index) =>
          h('div', h('div', { 'data-row': `m${index}` }, h('p', { class: 'bub' }, `Words ${index}.`))),
        ),
      ),
      h('footer', 'Footer'),
    ])
})

let page: VueWrapper
let desk: FakeDesk

beforeEach(() => {
  desk = new FakeDesk()
  setActivePinia(createPinia())
  useInbox().applySnapshot(aSnapshot({ chats: [chat] }))
  useWorkspace().show(aChatId())
  show(messages)
  drawn.value = [3, 4, 90, 91, 92]
  page = mount(Log, { attachTo: document.body })
})

afterEach(() => page.unmount())

function show(entries: typeof messages, hasOlder = false): void {
  const rest = { isLoadingOlder: false, isTrimmed: false, firstUnreadId: null, state: 'ready' } as const
  useTimelines().shown.set(aChatId(), { ...rest, entries, hasOlder })
}

function words(index: number): Text {
  const found = page.get(`[data-row="m${index}"] .bub`).element.firstChild
  if (!(found instanceof Text)) throw new Error('no words there')
  return found
}

function select(from: [Node, number], to: [Node, number]): void {
  const range = document.createRange()
  range.setStart(...from)
  range.setEnd(...to)
  document.getSelection()?.removeAllRanges()
  document.getSelection()?.addRange(range)
  document.dispatchEvent(new Event('selectionchange'))
}

function copied(): string {
  const board = aBoard({})
  const event = new ClipboardEvent('copy', { bubbles: true, cancelable: true, clipboardData: board })
  page.element.dispatchEvent(event)
  return board.getData('text/plain')
}

it('[H6] copies what lies between two rows, drawn or not, and of the first and last what is selected', () => {
  select([words(3), 6], [words(91), 'Words 91.'.length])

  const lines = copied().split('\n')

  expect(lines.slice(0, 2)).toEqual(['Amara Okafor, 14:00: 3.', line(4)])
  expect([lines.length, lines.at(-1)]).toEqual([89, line(91)])
})

it('[H6] keeps the rows drawn in which a selection begins and ends', () => {
  select([words(4), 0], [words(92), 2])

  expect([selection.ends.value, selection.isSelecting()]).toEqual([[4, 92], true])
})

it('[H6] leaves a selection within one message, and one outside the log, to the browser', () => {
  select([words(4), 0], [words(4), 5])
  const inside = copied()
  const header = page.get('header').element
  select([header, 0], [header, 1])

  expect([inside, copied()]).toEqual(['', ''])
})

it('[H6] takes a selection that goes on outside the log to the last message', () => {
  select([words(91), 0], [page.get('footer').element, 1])

  const lines = copied().split('\n')

  expect([lines[0], lines.at(-1), lines.length]).toEqual([line(91), line(199), 109])
})

it('[H6] selects the whole conversation with Ctrl and A, and copies it with what was not loaded', async () => {
  const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  show(messages.slice(150), true)
  const pages = [messages.slice(0, 70), messages.slice(70, 150)]
  desk.answer('timeline.older', () => ({ entries: pages.pop() ?? [], hasOlder: pages.length > 0 }))
  drawn.value = [198, 199]
  await flushPromises()

  await page.get('[tabindex]').trigger('keydown', { key: 'a', ctrlKey: true })
  expect(copied()).toBe('')
  await flushPromises()

  const lines = String(writeText.mock.lastCall?.[0]).split('\n')
  expect([lines.length, lines[0], lines.at(-1)]).toEqual([200, line(0), line(199)])
})

it('[H6] copies nothing when older messages cannot be loaded', async () => {
  const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockClear().mockResolvedValue()
  show(messages.slice(150), true)
  desk.refuse('timeline.older', 'internal', 'The store is gone.')
  drawn.value = [198, 199]
  await flushPromises()

  await page.get('[tabindex]').trigger('keydown', { key: 'a', ctrlKey: true })
  copied()
  await flushPromises()

  expect(writeText).not.toHaveBeenCalled()
})
