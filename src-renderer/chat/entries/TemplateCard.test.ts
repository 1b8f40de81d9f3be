import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { Template } from '#shared/template.ts'
import { aChat } from '../../testing/builders.ts'
import TemplateCard from './TemplateCard.vue'

const heading = { title: '', subtitle: null, referenceId: null }

function aCard(template: Template) {
  return mount(TemplateCard, { props: { template, entryId: 'm1', chat: aChat(), answer: null } })
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
