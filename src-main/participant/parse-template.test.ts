import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Template } from '#shared/template.ts'
import { parseTemplate } from './parse-template.ts'

const template = (templateType: string, content: object, data: object = {}) =>
  JSON.stringify({ templateType, version: '1.0', data: { content, ...data } })

describe('an interactive message', () => {
  it.each(['ListPicker', 'Panel', 'QuickReply'])('of type %s offers choices', (type) => {
    const content = {
      title: 'Which one?',
      subtitle: 'Tap',
      elements: [
        { title: 'Apple', subtitle: '$1.00', imageData: 'https://tracker.example/a.png' },
        { title: 'Site', url: 'https://example.com' },
      ],
    }

    expect(parseTemplate(template(type, content))).toEqual({
      type,
      title: 'Which one?',
      subtitle: 'Tap',
      referenceId: null,
      choices: [
        { title: 'Apple', subtitle: '$1.00', imageDescription: null, url: null },
        { title: 'Site', subtitle: null, imageDescription: null, url: 'https://example.com' },
      ],
    })
  })

  it('reads time slots without seconds, long or short', () => {
    const content = {
      title: 'Schedule',
      location: { title: 'Oscar' },
      timeslots: [
        { date: '2026-01-02T00:00+00:00', duration: 60 },
        { date: '2026-01-02T01:00+00:00', duration: '30' },
        { date: 'some day' },
      ],
    }

    expect(parseTemplate(template('TimePicker', content))).toMatchObject({
      location: 'Oscar',
      slots: [
        { at: Date.UTC(2026, 0, 2), minutes: 60 },
        { at: Date.UTC(2026, 0, 2, 1), minutes: 30 },
      ],
    })
  })

  it('reads the cards of a carousel', () => {
    const card = {
      templateType: 'Panel',
      data: { content: { title: 'First', elements: [{ title: 'More' }] } },
    }

    expect(
      parseTemplate(template('Carousel', { title: 'Look', elements: [card, { nonsense: 1 }] })),
    ).toMatchObject({
      title: 'Look',
      cards: [{ type: 'Panel', title: 'First', choices: [{ title: 'More' }] }],
    })
  })

  it('keeps the cards of a carousel that are no lists', () => {
    const cards = [
      {
        templateType: 'TimePicker',
        data: { content: { title: 'When', timeslots: [], timeZoneOffset: -420 } },
      },
      { templateType: 'ViewResource', data: { content: { title: 'A guide', viewId: 'detail' } } },
    ]

    expect(parseTemplate(template('Carousel', { elements: cards }))).toMatchObject({
      cards: [
        { type: 'TimePicker', title: 'When', zoneOffset: -420 },
        { type: 'Unknown', title: 'A guide', templateType: 'ViewResource' },
      ],
    })
  })

  it('remembers what it refers to', () => {
    expect(parseTemplate(template('ListPicker', { title: 'Next' }, { referenceId: 'list-1' }))).toMatchObject(
      {
        referenceId: 'list-1',
      },
    )
  })

  it('of a type nobody knows keeps its title', () => {
    expect(parseTemplate(template('ApplePay', { title: 'Pay here' }))).toMatchObject({
      type: 'Unknown',
      templateType: 'ApplePay',
      title: 'Pay here',
    })
  })

  it('that is no template is none', () => {
    expect(parseTemplate('not json')).toBeNull()
  })
})

it('makes something sound of any content', () => {
  const types = fc.constantFrom(
    'ListPicker',
    'Panel',
    'QuickReply',
    'TimePicker',
    'Carousel',
    'ViewResource',
    'X',
  )
  const content = fc.record(
    { title: fc.anything(), elements: fc.anything(), timeslots: fc.anything(), location: fc.anything() },
    { requiredKeys: [] },
  )
  const property = fc.property(types, fc.oneof(content, fc.anything()), (templateType, inner) => {
    const text = JSON.stringify({ templateType, data: { content: inner } }, (_, value: unknown) =>
      typeof value === 'bigint' ? null : value,
    )
    const parsed = parseTemplate(text)
    if (parsed !== null) Template.parse(parsed)
  })

  fc.assert(property, { numRuns: 3000 })
})
