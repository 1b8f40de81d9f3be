import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import { aChatId } from '../../testing/builders.ts'
import { FakeDesk } from '../../testing/fake-desk.ts'
import ViewLines from './ViewLines.vue'

describe('the lines of a guide', () => {
  let desk: FakeDesk

  beforeEach(() => {
    desk = new FakeDesk()
  })

  async function shown() {
    const lines = mount(ViewLines, { props: { chatId: aChatId(), entryId: 'm1' } })
    await flushPromises()
    return lines
  }

  it('are shown under its name', async () => {
    desk.answer('view.describe', () => ({ name: 'Detail', lines: ['Your booking', 'Action: Next'] }))

    const lines = await shown()

    expect(lines.text()).toContain('Detail')
    expect(lines.findAll('p').map((line) => line.text())).toEqual(['Your booking', 'Action: Next'])
  })

  it('can be asked for again when they could not be fetched', async () => {
    desk.refuse('view.describe', 'throttled', 'The service is busy.')
    const lines = await shown()
    expect(lines.text()).toContain('The service is busy.')

    desk.answer('view.describe', () => ({ name: 'Detail', lines: [] }))
    await lines.get('button').trigger('click')
    await flushPromises()

    expect(lines.text()).toContain('Detail')
    expect(lines.text()).not.toContain('busy')
    expect(desk.inputsOf('view.describe')).toEqual([
      { chatId: 'amara', entryId: 'm1' },
      { chatId: 'amara', entryId: 'm1' },
    ])
  })
})
