import { expect, it } from 'vitest'
import { viewLines } from './view-lines.ts'

const aView = (template: unknown, actions: readonly string[] = []) => ({
  name: 'Detail',
  inputSchema: '{}',
  template: JSON.stringify(template),
  actions,
})

it('says what a person would read, once, then what could be done', () => {
  const template = {
    Head: { Title: 'Your booking', Configuration: { Layout: 'grid' } },
    Body: [
      { _type: 'TextBlock', Content: ['Seat 12A', { Label: 'Date', Value: '$.Date' }] },
      { Title: 'Your booking' },
    ],
  }

  expect(viewLines(aView(template, ['Next', 'Back']))).toEqual([
    'Your booking',
    'Seat 12A',
    'Date',
    'Action: Next',
    'Action: Back',
  ])
})

it('survives a template that is none', () => {
  expect(viewLines({ ...aView({}), template: 'not json' })).toEqual([])
})

it('stays short', () => {
  const template = Array.from({ length: 500 }, (_, index) => `line ${index} ${'x'.repeat(1000)}`)

  const lines = viewLines(aView(template))

  expect(lines).toHaveLength(100)
  expect(Math.max(...lines.map((line) => line.length))).toBe(500)
})
