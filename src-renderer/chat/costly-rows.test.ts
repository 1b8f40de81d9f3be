import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import type { Entry, MessageBody } from '#shared/entry.ts'
import { aChat, aMessage, noon } from '../testing/builders.ts'
import { FakeDesk } from '../testing/fake-desk.ts'
import { buildRows } from './log-rows.ts'
import ChoiceList from './entries/ChoiceList.vue'
import LogRowView from './LogRowView.vue'

/** The most that the service takes for one message, in characters. */
const most = 16_384
const mostInteractive = 20_480
/** Laying out one costs about 20 µs: this many stay far below the 100 ms that a hand notices. */
const mostElements = 1_500
const mostCharacters = 40_000

const filled = (piece: string, size = most): string =>
  piece.repeat(Math.ceil(size / piece.length)).slice(0, size)
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

const pieces = [
  'a ',
  '\n',
  'a\n',
  'W',
  '*a* ',
  '**a** ',
  '`a` ',
  '- a\n',
  '1. a\n',
  '> ',
  '> a\n',
  '# a\n',
  '---\n',
  'a\n\n',
  '|a|b|\n|-|-|\n',
  '[a](https://a.example) ',
  'https://a.example/x ',
  'a@a.example ',
  '![a](https://a.example/b.png) ',
  '```\na\n```\n',
  '    a\n',
  '&amp;',
  '<b>a</b>',
  '\u0301',
  'a\u0301\u0302\u0303\u0304',
  '👩‍👩‍👧‍👦',
  '\u202Ea\u202C',
  'שלום ',
  '\u200B',
]
const heading = { title: 'Title', subtitle: null, referenceId: null }
const choice = (index: number) => ({ title: `c${index}`, subtitle: 's', imageDescription: null, url: null })
const list = (count: number) => ({ type: 'ListPicker' as const, ...heading, choices: many(count, choice) })

const bodies: readonly (readonly [string, MessageBody])[] = [
  ...pieces.flatMap((piece) =>
    (['text', 'markdown'] as const).map(
      (kind) => [`${kind} of ${JSON.stringify(piece)}`, { kind, text: filled(piece) }] as const,
    ),
  ),
  [
    'json of an object',
    { kind: 'json', text: JSON.stringify(Object.fromEntries(many(1_800, (i) => [`k${i}`, 1]))) },
  ],
  ['json of a list', { kind: 'json', text: JSON.stringify(many(8_000, () => 1)) }],
  ['json within json', { kind: 'json', text: nested(8_000) }],
  ['json of one text', { kind: 'json', text: JSON.stringify(filled('x', most - 2)) }],
  [
    'an unknown kind',
    { kind: 'unknown', contentType: filled('x', 1_000), summary: filled('a ', mostInteractive) },
  ],
  ['a list of choices', { kind: 'template', template: list(700) }],
  [
    'a carousel',
    { kind: 'template', template: { type: 'Carousel', ...heading, cards: many(5, () => list(140)) } },
  ],
  [
    'times to choose from',
    {
      kind: 'template',
      template: {
        type: 'TimePicker',
        ...heading,
        location: 'Leeds',
        slots: many(500, (index) => ({ at: noon + index * 3_600_000, minutes: 60 })),
        zoneOffset: 0,
      },
    },
  ],
  [
    'an answered form',
    {
      kind: 'template',
      template: {
        type: 'Response',
        ...heading,
        action: 'Send',
        fields: many(800, (index) => ({ label: `l${index}`, value: 'v' })),
      },
    },
  ],
  [
    'a template nobody knows',
    {
      kind: 'template',
      template: { type: 'Unknown', ...heading, templateType: 'New', more: many(2_000, (i) => `w${i}`) },
    },
  ],
]

async function drawn(body: MessageBody): Promise<Element> {
  const desk = new FakeDesk()
  desk.answer('view.describe', () => ({ name: 'View', lines: [] }))
  const chat = aChat()
  const entry: Entry = { ...aMessage(), body }
  const [row] = buildRows([entry], { ...chat, isDown: false }, noon).filter(({ id }) => id.includes(entry.id))
  if (row === undefined) throw new Error('The message has no row')
  const view = mount(LogRowView, {
    props: { row, chat, isFound: false },
    global: { plugins: [createPinia()] },
  })
  await flushPromises()
  return view.element as Element
}

describe('[K10] [H9] the costliest message of its kind', () => {
  it.each(bodies)(
    '%s is laid out in a bounded number of pieces, with a word on what is not shown',
    async (_kind, body) => {
      const element = await drawn(body)
      const elements = element.querySelectorAll('*').length
      const text = element.textContent

      expect(elements).toBeLessThan(mostElements)
      expect(text.length).toBeLessThan(mostCharacters)
    },
  )

  it('keeps what was chosen among the choices that are shown, and shows the rest when asked', async () => {
    const view = mount(ChoiceList, {
      props: { choices: many(200, choice), picked: 'c150' },
      global: { plugins: [createPinia()] },
    })
    expect(view.findAll('li')).toHaveLength(151)
    expect(view.text()).toContain('Show all, 49 more')

    await view.get('button').trigger('click')

    expect(view.findAll('li')).toHaveLength(200)
    expect(view.find('button').exists()).toBe(false)
  })
})
