import { createPinia, setActivePinia } from 'pinia'
import { effectScope } from 'vue'
import { expect, it } from 'vitest'
import { aChat } from '../testing/builders.ts'
import { FakeDesk } from '../testing/fake-desk.ts'
import { useComposer } from './use-composer.ts'

it('counts an emoji as one character, as the service does', () => {
  setActivePinia(createPinia())
  new FakeDesk()
  const scope = effectScope()
  const composer = scope.run(() => useComposer(() => aChat({ maxCharacters: 3 })))
  if (composer === undefined) throw new Error('There is no composer')
  const counts = () => [composer.length.value, composer.over.value, composer.canSend.value]

  composer.text.value = '🙂🙂🙂'
  expect(counts()).toEqual([3, 0, true])
  composer.text.value = '🙂🙂🙂🙂'
  expect(counts()).toEqual([4, 1, false])
  composer.text.value = composer.split()
  expect([composer.text.value, composer.rest.value]).toEqual(['🙂🙂🙂', '🙂'])

  scope.stop()
})
