import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import JsonCard from './JsonCard.vue'

const many = JSON.stringify(
  Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`line ${index}`, index])),
)

function aCard(text: string) {
  const card = mount(JsonCard, { props: { text, foldId: 'm1' } })
  const press = async (name: string) => {
    await card
      .findAll('button')
      .find((button) => button.text().startsWith(name))
      ?.trigger('click')
  }
  return { card, press, lines: () => card.findAll('dt').length }
}

describe('the card of a structured message', () => {
  it('says how much it leaves out, and shows it', async () => {
    const { card, press, lines } = aCard(many)
    expect(lines()).toBe(24)
    expect(card.text()).toContain('Show all, 6 more')

    await press('Show all')

    expect(lines()).toBe(30)
    expect(card.text()).not.toContain('Show all')
  })

  it('shows its source as it came', async () => {
    const { card, press } = aCard('{"order": "AH-1"}')

    await press('Show source')
    expect(card.get('pre').text()).toBe('{"order": "AH-1"}')

    await press('Show as lines')
    expect(card.find('pre').exists()).toBe(false)
  })

  it('shows what is no JSON as its text', () => {
    expect(aCard('{"a":').card.text()).toBe('{"a":')
  })
})
