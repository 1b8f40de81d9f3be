import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { useInbox } from '../stores/inbox.ts'
import { useWorkspace } from '../stores/workspace.ts'
import { aChat, aChatId, aSnapshot } from '../testing/builders.ts'
import { FakeDesk } from '../testing/fake-desk.ts'
import CommandPalette from './CommandPalette.vue'

const chat = (customer: string) => aChat({ chatId: customer, customer })

let palette: VueWrapper

beforeEach(async () => {
  new FakeDesk()
  setActivePinia(createPinia())
  useInbox().applySnapshot(aSnapshot({ chats: [chat('Ana'), chat('Ben'), chat('Cem')] }))
  const workspace = useWorkspace()
  for (const name of ['Ana', 'Ben', 'Cem']) workspace.show(aChatId(name))
  workspace.isPaletteOpen = true
  palette = mount(CommandPalette, { attachTo: document.body })
  await flushPromises()
})

afterEach(() => palette.unmount())

const chosen = (): string => {
  const option = palette.find('[aria-selected="true"]')
  return option.exists() ? option.get('.t').text() : 'nothing'
}

async function press(key: string): Promise<void> {
  await palette.get('input').trigger('keydown', { key })
  await flushPromises()
}

it('[G5] keeps the chosen row when another chat comes or goes above it', async () => {
  await press('ArrowDown')
  useInbox().applyChange({ kind: 'chat-removed', chatId: aChatId('Ana') })
  await flushPromises()
  const after = chosen()
  await press('Enter')

  expect([after, useWorkspace().active]).toEqual(['Ben', 'Ben'])
})

it('[G5] puts nothing under Enter when the chosen chat goes', async () => {
  await press('ArrowDown')
  useInbox().applyChange({ kind: 'chat-removed', chatId: aChatId('Ben') })
  await flushPromises()
  const after = chosen()
  await press('Enter')

  expect([after, useWorkspace().active, useWorkspace().isPaletteOpen]).toEqual(['nothing', 'Cem', true])
  await press('ArrowDown')
  expect(chosen()).toBe('Ana')
})

it('[G5] follows a hand, and not a page that moved under a pointer that rests', async () => {
  const options = palette.findAll('.opt')
  await options[2]?.trigger('pointermove', { movementX: 0, movementY: 0 })
  const rested = chosen()
  await options[2]?.trigger('pointermove', { movementX: 1, movementY: 0 })

  expect([rested, chosen()]).toEqual(['Ana', 'Cem'])
})

it('begins with the best match whenever something else is looked for', async () => {
  await press('ArrowDown')
  await palette.get('input').setValue('c')
  await flushPromises()

  expect(chosen()).toBe('Cem')
  await press('ArrowUp')
  expect(chosen()).not.toBe('Cem')
})
