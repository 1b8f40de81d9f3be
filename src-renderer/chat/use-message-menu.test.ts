import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, it, vi } from 'vitest'
import type { MessageChoice } from '#shared/menu.ts'
import { useCopiedWords } from '../stores/copied-words.ts'
import { useWorkspace } from '../stores/workspace.ts'
import { aChat, aChatId, aMessage } from '../testing/builders.ts'
import { FakeDesk } from '../testing/fake-desk.ts'
import LogRowView from './LogRowView.vue'
import { quoted } from './use-quotation.ts'

async function choose(choice: MessageChoice): Promise<{ desk: FakeDesk; copied: readonly unknown[] }> {
  setActivePinia(createPinia())
  const desk = new FakeDesk()
  desk.answer('menu.message', () => choice)
  const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  const entry = aMessage({ text: 'See https://a.example' })
  const row = {
    kind: 'said',
    id: 'm1',
    entry,
    startsGroup: true,
    joinsBelow: false,
    receipt: null,
    answer: null,
  } as const
  const view = mount(LogRowView, { props: { row, chat: aChat(), isFound: false } })
  await view.get('.grp').trigger('contextmenu')
  await flushPromises()
  view.unmount()
  return { desk, copied: writeText.mock.lastCall ?? [] }
}

it('[E6] copies a message with name and time, and without', async () => {
  expect((await choose('copy-named')).copied).toEqual(['Amara Okafor, 14:00: See https://a.example'])
  expect((await choose('copy-message')).copied).toEqual(['See https://a.example'])
  expect(useCopiedWords().sourceOf('See https://a.example', aChatId('jonas'))).toMatchObject({
    customer: 'Amara Okafor',
  })
})

it('[E6] asks for the menu of what was pointed at, and quotes the message', async () => {
  const { desk } = await choose('quote')

  expect(desk.inputsOf('menu.message')).toMatchObject([{ isLink: false, isPicture: false, canQuote: true }])
  expect(useWorkspace().quotation).toEqual({ chatId: 'amara', text: 'See https://a.example' })
  expect(quoted('one\ntwo')).toBe('> one\n> two\n')
})
