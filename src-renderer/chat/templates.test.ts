import { describe, expect, it } from 'vitest'
import type { Entry } from '#shared/entry.ts'
import { aMessage, noon } from '../testing/builders.ts'
import { findAnswers, replacedLists } from './templates.ts'

function aList(id: string, titles: readonly string[], referenceId: string | null = null): Entry {
  const choices = titles.map((title) => ({ title, subtitle: null, imageDescription: null, url: null }))
  const template = { type: 'ListPicker', title: 'Choose', subtitle: null, referenceId, choices } as const
  return aMessage({ id, body: { kind: 'template', template }, sender: bot })
}

const aPanel = (title: string) => ({
  title,
  subtitle: null,
  referenceId: null,
  choices: [{ title: 'More', subtitle: null, imageDescription: null, url: null }],
})

const bot = { role: 'bot', own: false, name: null, participantId: 'bot' } as const

describe('findAnswers', () => {
  it('finds the choice that the customer repeated', () => {
    const answers = findAnswers([
      aList('list', ['Yes', 'No']),
      aMessage({ id: 'a', text: 'No', at: noon + 5 }),
    ])

    expect([...answers]).toEqual([['list', { title: 'No', card: null, at: noon + 5 }]])
  })

  it('finds which card of a carousel the customer meant', () => {
    const cards = ['Sofas', 'Beds'].map((title) => ({ ...aPanel(title), type: 'Panel' as const }))
    const carousel = { type: 'Carousel', title: 'Look', subtitle: null, referenceId: null, cards } as const
    const chosen = {
      type: 'Response',
      title: '',
      subtitle: null,
      referenceId: null,
      action: '',
      fields: [{ label: 'Beds', value: 'More' }],
    } as const

    const answers = findAnswers([
      aMessage({ id: 'list', body: { kind: 'template', template: carousel }, sender: bot }),
      aMessage({ id: 'a', body: { kind: 'template', template: chosen }, at: noon + 5 }),
    ])

    expect([...answers]).toEqual([['list', { title: 'More', card: 'Beds', at: noon + 5 }]])
  })

  it.each([
    ['2026-03-16T08:00+00:00', null],
    ['2026-03-16T09:00+01:00', null],
    ['2026-03-16T09:00:00.00+00:00', 60],
    ['2026-03-16T08:00+00:00', 60],
  ])('finds the slot that %s names (offset %s)', (text, zoneOffset) => {
    const at = Date.UTC(2026, 2, 16, 8)
    const slots = [at, at + 3_600_000].map((time) => ({ at: time, minutes: 60 }))
    const picker = { ...aPanel('When?'), type: 'TimePicker', location: null, slots, zoneOffset } as const
    const { choices: _none, ...template } = picker

    const answers = findAnswers([
      aMessage({ id: 'list', body: { kind: 'template', template }, sender: bot }),
      aMessage({ id: 'a', text }),
    ])

    expect(answers.get('list')?.title).toBe(String(at))
  })

  it.each<[string, readonly Entry[]]>([
    ['something else was said', [aMessage({ id: 'a', text: 'Maybe' }), aMessage({ id: 'b', text: 'No' })]],
    ['the agent said it', [aMessage({ id: 'a', text: 'No', own: true })]],
    ['a newer list was asked', [aList('other', ['1']), aMessage({ id: 'a', text: 'No' })]],
  ])('finds none when %s', (_case, after) => {
    expect(findAnswers([aList('list', ['Yes', 'No']), ...after]).has('list')).toBe(false)
  })
})

describe('replacedLists', () => {
  it('hides a list that a later one stands in for', () => {
    const replaced = replacedLists([aList('1', ['a'], 'ref'), aList('2', ['b'], 'ref'), aList('3', ['c'])])

    expect([...replaced]).toEqual(['1'])
  })
})
