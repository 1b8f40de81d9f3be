import { describe, expect, it } from 'vitest'
import type { Entry } from '#shared/entry.ts'
import { aMessage, noon } from '../testing/builders.ts'
import { findAnswers, replacedLists } from './templates.ts'

function aList(id: string, titles: readonly string[], referenceId: string | null = null): Entry {
  const choices = titles.map((title) => ({ title, subtitle: null, imageDescription: null, url: null }))
  const template = { type: 'ListPicker', title: 'Choose', subtitle: null, referenceId, choices } as const
  return aMessage({ id, body: { kind: 'template', template }, sender: bot })
}

const bot = { role: 'bot', own: false, name: null, participantId: 'bot' } as const

describe('findAnswers', () => {
  it('finds the choice that the customer repeated', () => {
    const answers = findAnswers([
      aList('list', ['Yes', 'No']),
      aMessage({ id: 'a', text: 'No', at: noon + 5 }),
    ])

    expect([...answers]).toEqual([['list', { title: 'No', at: noon + 5 }]])
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
