import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { Template } from '#shared/template.ts'
import type { Answer } from '../templates.ts'
import { aChat, noon } from '../../testing/builders.ts'
import TemplateCard from './TemplateCard.vue'

const heading = { title: '', subtitle: null, referenceId: null }

function aCard(template: Template, answer: Answer | null = null) {
  return mount(TemplateCard, { props: { template, entryId: 'm1', chat: aChat(), answer } })
}

describe('the card of an answer', () => {
  it('shows every line of the form and what was pressed', () => {
    const fields = [
      { label: 'Order', value: 'Marigold' },
      { label: 'Reason', value: 'It never came' },
    ]

    const card = aCard({ type: 'Response', ...heading, action: 'Submit', fields })

    expect(card.text()).toContain('Action: Submit')
    expect(card.findAll('dt').map((label) => label.text())).toEqual(['Order', 'Reason'])
    expect(card.findAll('dd').map((value) => value.text())).toEqual(['Marigold', 'It never came'])
  })

  it('without an action does not speak of one', () => {
    const card = aCard({
      type: 'Response',
      ...heading,
      action: '',
      fields: [{ label: 'Topic', value: 'Refund' }],
    })

    expect(card.text()).not.toContain('Action')
  })
})

describe('the card of a carousel', () => {
  const list = (title: string) => ({
    type: 'ListPicker' as const,
    ...heading,
    title,
    choices: [{ title: 'More', subtitle: null, imageDescription: null, url: null }],
  })
  const picker = { type: 'TimePicker' as const, ...heading, title: 'When', location: null, zoneOffset: 60 }
  const slots = [{ at: noon, minutes: 30 }]
  const cards = [list('Sofas'), list('Beds'), { ...picker, slots }]

  it('shows every kind of card', () => {
    const card = aCard({ type: 'Carousel', ...heading, cards })

    expect(card.findAll('.t').map((title) => title.text())).toEqual(['Sofas', 'Beds', 'When'])
    expect(card.text()).toContain('15:00, 30 min')
    expect(card.text()).toContain('UTC+01:00')
  })

  it('marks the choice on the card it was made on', () => {
    const card = aCard({ type: 'Carousel', ...heading, cards }, { title: 'More', card: 'Beds', at: noon })

    expect(card.findAll('li').map((choice) => choice.classes('on'))).toEqual([false, true, false])
  })

  it('marks the slot that was chosen', () => {
    const card = aCard({ ...picker, slots }, { title: String(noon), card: null, at: noon })

    expect(card.get('li').classes('on')).toBe(true)
    expect(card.text()).toContain('Amara chose this')
  })
})

describe('the card of a list', () => {
  const list = { type: 'ListPicker', ...heading, choices: [] } as const

  it('[C3] draws a rich subtitle, with its links', async () => {
    const subtitle = 'Please **choose**:\r\n\r\n- one\r\n- two\r\n\r\n[Help](https://example.com/help)'
    const card = aCard({ ...list, title: 'Which *one*?', subtitle })

    expect(card.find('strong').text()).toBe('choose')
    expect(card.find('em').text()).toBe('one')
    expect(card.findAll('.words li').map((item) => item.text())).toEqual(['one', 'two'])
    await card.find('a').trigger('click')
    expect(card.emitted('openLink')).toEqual([['https://example.com/help', 'Help']])
  })

  it('[C1] shows the words that no part of it holds, the many behind a button', async () => {
    const more = Array.from({ length: 14 }, (_, index) => `Row ${String(index)}`)
    const card = aCard({ type: 'Unknown', ...heading, templateType: 'WhatsAppInteractiveList', more })

    expect(card.text()).toContain('Row 11')
    expect(card.text()).not.toContain('Row 13')
    await card.find('button').trigger('click')
    expect(card.text()).toContain('Row 13')
  })

  it('[C1] shows what the cards of a carousel say under their titles', () => {
    const panel = { ...list, type: 'Panel', title: 'Rakes', subtitle: 'Made of wood' } as const
    const card = aCard({ type: 'Carousel', ...heading, cards: [panel] })

    expect(card.text()).toContain('Made of wood')
  })
})
