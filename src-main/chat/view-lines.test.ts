import { describe, expect, it } from 'vitest'
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

describe('the data of the message', () => {
  const data = {
    Heading: 'Your return',
    Attributes: [
      { Label: 'Order', Value: 'AH-201' },
      { Label: 'Items', Value: 3 },
    ],
    Parcel: { Weight: 2, Steps: ['Print the label', 'Drop it off'] },
    Icon: 'truck',
  }

  it('stands where the template has a place for it', () => {
    const template = {
      Head: { Title: '$.Heading' },
      Body: [
        { _id: '$.Icon', Type: 'AttributeBar', Props: { Attributes: '$.Attributes' } },
        { Type: 'TextBlock', Props: { Note: '$.Parcel.Steps[0]' } },
        { Content: ['It weighs $.Parcel.Weight kg', '$.Parcel.Steps', '$.Nothing'] },
      ],
    }

    expect(viewLines(aView(template), data)).toEqual([
      'Your return',
      'Order: AH-201',
      'Items: 3',
      'Print the label',
      'It weighs 2 kg',
      'Drop it off',
    ])
  })

  it('speaks for a template that says nothing', () => {
    expect(viewLines(aView({ Body: [] }), data)).toContain('Order: AH-201')
  })

  it('reaches no further than itself', () => {
    const template = { Title: '$.constructor.name', Text: '$.__proto__', Label: '$.Heading.length' }

    expect(viewLines(aView(template), data)).toEqual(viewLines(aView({}), data))
  })
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
