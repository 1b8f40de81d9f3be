import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { aChatId } from '../testing/builders.ts'
import { FakeDesk } from '../testing/fake-desk.ts'
import FindBar from './FindBar.vue'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

it('[H1] begins with the newest match, and the next one is older', async () => {
  // Main finds the newest first.
  new FakeDesk().answer('timeline.find', () => ({ entryIds: ['newest', 'middle', 'oldest'] }))
  const bar = mount(FindBar, { props: { chatId: aChatId() }, global: { plugins: [createPinia()] } })
  await bar.get('input').setValue('order')
  await vi.runAllTimersAsync()
  await flushPromises()
  const told = () => bar.get('[role=status]').text()
  expect(told()).toBe('1 of 3')

  await bar.get('[aria-label="Next match"]').trigger('click')
  expect(told()).toBe('2 of 3')
  await bar.get('input').trigger('keydown', { key: 'Enter' })
  await bar.get('[aria-label="Previous match"]').trigger('click')

  expect(bar.emitted('show')).toEqual([['newest'], ['middle'], ['oldest'], ['middle']])
})
