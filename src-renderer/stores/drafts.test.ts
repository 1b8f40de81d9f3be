import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { aChat, aChatId } from '../testing/builders.ts'
import { FakeDesk, Refusal } from '../testing/fake-desk.ts'
import type { ComposerDraft } from './composer-draft.ts'
import { useDrafts } from './drafts.ts'
import { useNotices } from './notices.ts'
import { useWorkspace } from './workspace.ts'

const full = new Refusal('disk-full', 'The disk is full.')

let desk: FakeDesk
let drafts: ReturnType<typeof useDrafts>
let draft: ComposerDraft

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  desk = new FakeDesk()
  drafts = useDrafts()
  draft = drafts.of(aChat())
  useWorkspace().show(aChatId())
})

afterEach(() => {
  vi.useRealTimers()
})

const kept = (): readonly string[] =>
  desk.inputsOf('chat.draft').map((input) => (input as { text: string }).text)
const sent = () => desk.inputsOf('chat.send').map((input) => input as { text: string; draft: string })

function press(text: string): void {
  draft.text = text
  draft.send({ text, contentType: 'text/plain', isFormatted: false, uploadIds: [] })
}

it('[L10] is never older on the disk than 400 ms, whatever the typing', async () => {
  let oldest = 0
  for (let key = 1; key <= 60; key += 1) {
    draft.text = 'k'.repeat(key)
    await vi.advanceTimersByTimeAsync(100)
    oldest = Math.max(oldest, key - (kept().at(-1)?.length ?? 0))
  }

  expect(oldest).toBeLessThan(4)
  expect(kept().length).toBeLessThan(25)
})

it('[L10] leaves at once when it is asked for, and says when it is on the disk', async () => {
  let saved: (value: unknown) => void = () => undefined
  desk.answer('chat.draft', () => new Promise((resolve) => (saved = resolve)))
  draft.text = 'half a sentence'

  const flushed = drafts.flush().then(() => 'flushed')
  await flushPromises()

  expect(kept()).toEqual(['half a sentence'])
  expect(draft.keeping.state).toBe('changed')
  saved({ isOnDisk: true })
  expect(await flushed).toBe('flushed')
  expect(draft.keeping.state).toBe('saved')
})

it('[L10] hands over what is typed when the page goes, without what main has already', async () => {
  desk.answer('chat.send', () => new Promise(() => undefined))
  press('on its way')
  press('behind it')
  draft.text = 'half'
  await flushPromises()

  drafts.handOver()

  expect(kept()).toEqual(['behind it\nhalf'])
})

it('[D1] says saved of the text that is saved, and of no other', async () => {
  const answers: ((value: unknown) => void)[] = []
  desk.answer('chat.draft', () => new Promise((resolve) => answers.push(resolve)))
  draft.text = 'one'
  await vi.advanceTimersByTimeAsync(250)
  draft.text = 'one two'
  answers[0]?.({ isOnDisk: true })
  await flushPromises()

  expect(draft.keeping.state).toBe('changed')
})

it('[D1] keeps 70,000 characters, and says of more than it keeps that they are not saved', async () => {
  draft.text = 'x'.repeat(70_000)
  await vi.advanceTimersByTimeAsync(250)
  expect([kept().at(-1)?.length, draft.keeping.state]).toEqual([70_000, 'saved'])

  draft.text = 'x'.repeat(1_000_001)
  await vi.advanceTimersByTimeAsync(250)

  expect(draft.keeping).toEqual({ state: 'not-saved', reason: 'It is longer than 1,000,000 characters.' })
})

it('[D1] says why it is not saved, and saves it once the disk has room', async () => {
  desk.answer('chat.draft', () => full)
  draft.text = 'important'
  await vi.advanceTimersByTimeAsync(250)
  expect(draft.keeping).toEqual({ state: 'not-saved', reason: 'The disk is full.' })

  desk.answer('chat.draft', () => ({ isOnDisk: true }))
  await vi.advanceTimersByTimeAsync(2_000)

  expect([kept().at(-1), draft.keeping.state]).toEqual(['important', 'saved'])
})

it('[D1] does not claim a disk where there is only memory', async () => {
  desk.answer('chat.draft', () => ({ isOnDisk: false }))
  draft.text = 'secret'
  await vi.advanceTimersByTimeAsync(250)

  expect(draft.keeping.state).toBe('in-memory')
})

it('[L11] keeps a text that was not taken in its own chat, and says so wherever the agent is', async () => {
  let refuse: (value: unknown) => void = () => undefined
  desk.answer('chat.send', () => new Promise((resolve) => (refuse = resolve)))
  press('important')
  await flushPromises()
  const other = drafts.of(aChat({ chatId: 'jonas' }))
  other.text = 'to Jonas'
  useWorkspace().show(aChatId('jonas'))

  refuse(full)
  await flushPromises()

  expect([draft.text, draft.failure, other.text]).toEqual(['important', 'The disk is full.', 'to Jonas'])
  expect(useNotices().shown.map(({ title, detail }) => [title, detail])).toEqual([
    ['Not sent to Amara Okafor. The text is in that chat.', 'The disk is full.'],
  ])
  await vi.advanceTimersByTimeAsync(250)
  expect(desk.inputsOf('chat.draft')).toContainEqual({ chatId: 'amara', text: 'important' })
})

it('[L11] brings back everything that was sent behind a text that was not taken, in order', async () => {
  const answers: ((value: unknown) => void)[] = []
  desk.answer('chat.send', () => new Promise((resolve) => answers.push(resolve)))
  for (const text of ['first', 'second', 'third']) press(text)
  draft.text = 'fourth'
  await flushPromises()

  answers[0]?.(new Refusal('chat-ended', 'The chat is over.'))
  await flushPromises()

  expect(sent().map(({ text }) => text)).toEqual(['first'])
  expect(draft.text).toBe('first\nsecond\nthird\nfourth')
})

it('[L12] sends one message behind the other while the disk is slow, each of its own', async () => {
  desk.answer('chat.send', () => new Promise((resolve) => setTimeout(() => resolve({ entryId: 'e' }), 500)))
  for (const word of ['no', 'sorry', 'done', 'bye']) {
    press(word)
    await vi.advanceTimersByTimeAsync(60)
  }
  expect(sent()).toHaveLength(1)

  await vi.advanceTimersByTimeAsync(3_000)

  expect(sent().map(({ text }) => text)).toEqual(['no', 'sorry', 'done', 'bye'])
  expect(sent().map((one) => one.draft)).toEqual(['', 'done\nbye', 'bye', ''])
  expect([draft.text, kept().at(-1)]).toEqual(['', ''])
})

it('goes with its chat', async () => {
  draft.text = 'half'
  drafts.follow(new Map())
  await vi.advanceTimersByTimeAsync(5_000)

  expect(kept()).toEqual([])
  expect(drafts.textOf({ chatId: aChatId(), draft: 'as main has it' })).toBe('as main has it')
})
