import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, it } from 'vitest'
import { useWorkspace } from '../stores/workspace.ts'
import { FakeDesk } from '../testing/fake-desk.ts'
import FirstRun from './FirstRun.vue'

it('[F6] begins with the key that its button shows, wherever the focus is', async () => {
  setActivePinia(createPinia())
  const desk = new FakeDesk()
  const first = mount(FirstRun, { attachTo: document.body })
  const press = async (init: KeyboardEventInit = {}): Promise<void> => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, ...init }))
    await flushPromises()
  }

  await press({ ctrlKey: true })
  await press({ isComposing: true })
  expect(desk.inputsOf('practice.start')).toEqual([])
  await press()
  expect(desk.inputsOf('practice.start')).toEqual([{}])

  await first.get('input[value="token"]').setValue(true)
  await press()
  expect(useWorkspace().dialog).toEqual({ kind: 'token' })
  await press()
  first.unmount()
  await press()
  expect(desk.inputsOf('practice.start')).toHaveLength(1)
})
