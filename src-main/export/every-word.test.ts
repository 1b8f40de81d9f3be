import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MessageBody, type MessageEntry } from '#shared/entry.ts'
import { fold } from '#shared/fold.ts'
import { parseItem } from '../participant/parse-item.ts'
import { wordsOf } from '../store/search-words.ts'
import { anInteractiveItem, aRawItem } from '../testing/raw-items.ts'
import { jsonFormat } from './json-format.ts'
import { aMessage, write } from './testing/builders.ts'
import { textFormat } from './text-format.ts'

function entryOf(raw: unknown): MessageEntry {
  const item = parseItem(raw)
  if (item?.kind !== 'message') throw new Error('not a message')
  expect(MessageBody.safeParse(item.body).success).toBe(true)
  return aMessage({ body: item.body })
}

/** What somebody who searches, reads the text file or parses the JSON file is given. */
function placesOf(raw: unknown): Readonly<Record<string, string>> {
  const entry = entryOf(raw)
  return {
    search: wordsOf(entry),
    text: write(textFormat, { entries: [entry] }),
    json: JSON.stringify(JSON.parse(write(jsonFormat, { entries: [entry] }))),
  }
}

const whatsAppList = {
  templateType: 'WhatsAppInteractiveList',
  version: '1.0',
  data: {
    content: {
      header: { type: 'text', text: 'Gartenbedarf' },
      body: { text: 'What can we help you with?' },
      footer: { text: 'Answers within minutes' },
      action: {
        button: 'Choose topic',
        sections: [
          {
            title: 'Orders',
            rows: [
              { id: 'row-1', title: 'Delivery', description: 'Where is it now' },
              { id: 'row-2', title: 'Refund', description: 'Money back' },
            ],
          },
        ],
      },
    },
  },
}
const replyButtons = {
  templateType: 'WhatsAppInteractiveReplyButton',
  data: {
    content: {
      body: { text: 'Was that right?' },
      action: { buttons: [{ type: 'reply', reply: { id: 'y', title: 'Jawohl' } }] },
    },
  },
}
const appleForm = {
  templateType: 'AppleForm',
  data: {
    content: {
      title: 'Return',
      splash: { header: 'Tell us more', buttonTitle: 'Begin' },
      pages: [{ pageIdentifier: 1, subtitle: 'Size of shoe', items: [{ title: 'Small', value: 's' }] }],
    },
  },
}
const applePay = {
  templateType: 'ApplePay',
  data: {
    content: {
      merchantIdentifier: 'merchant.example',
      payment: {
        lineItems: [{ label: 'Hosepipe', amount: '27.00' }],
        total: { label: 'Total due', amount: '29.90' },
      },
    },
  },
}
const newerList = {
  templateType: 'ListPicker',
  data: {
    replyMessage: { title: 'Thanks for choosing' },
    content: {
      title: 'Which one?',
      footnote: 'Prices include tax',
      elements: [{ title: 'Rake', badge: 'Last piece' }],
    },
  },
}

describe('every word that a person could read', () => {
  it.each([
    [
      'a WhatsApp list',
      whatsAppList,
      [
        'Gartenbedarf',
        'What can we help you with?',
        'Answers within minutes',
        'Choose topic',
        'Orders',
        'Delivery',
        'Where is it now',
        'Refund',
        'Money back',
      ],
    ],
    ['WhatsApp reply buttons', replyButtons, ['Was that right?', 'Jawohl']],
    ['an Apple form', appleForm, ['Return', 'Tell us more', 'Begin', 'Size of shoe', 'Small']],
    ['an Apple payment', applePay, ['Hosepipe', '27.00', 'Total due', '29.90']],
    [
      'a newer list',
      newerList,
      ['Thanks for choosing', 'Which one?', 'Prices include tax', 'Rake', 'Last piece'],
    ],
  ])('[C1] of %s is found, exported and kept', (_name, template, words) => {
    const places = placesOf(anInteractiveItem(template))
    for (const [place, text] of Object.entries(places))
      for (const word of words) expect(text, place).toContain(place === 'search' ? fold(word) : word)
  })

  it('[C1] keeps the source in the JSON export', () => {
    const entry = entryOf(anInteractiveItem(whatsAppList))
    const exported: unknown = JSON.parse(write(jsonFormat, { entries: [entry] }))
    expect(exported).toMatchObject({ entries: [{ content: JSON.stringify(whatsAppList) }] })
  })

  it('[C1] leaves out what machines say to each other', () => {
    const { text } = placesOf(anInteractiveItem(whatsAppList))
    expect(text).not.toContain('row-1')
    expect(text).not.toContain('1.0')
  })

  it.each([
    ['text/html', `<p>${'wide '.repeat(198)}last</p>`],
    ['application/x-something-newer', `${'x'.repeat(11_990)} last`],
    ['application/vnd.amazonaws.connect.message.interactive.response', `${'word '.repeat(199)}last`],
    ['application/vnd.amazonaws.connect.message.interactive', `not JSON ${'word '.repeat(199)}last`],
  ])('[C2] of a long message of type %s is whole', (ContentType, Content) => {
    for (const [place, text] of Object.entries(placesOf(aRawItem({ ContentType, Content }))))
      expect(text, place).toContain('last')
  })

  it('[C2] of an interactive message that was written into JSON twice is read', () => {
    const raw = anInteractiveItem(newerList)
    const twice = { ...raw, Content: JSON.stringify(JSON.stringify(newerList)) }
    expect(entryOf(twice).body).toMatchObject({ template: { type: 'ListPicker', title: 'Which one?' } })
    const response = { ContentType: 'application/vnd.amazonaws.connect.message.interactive.response' }
    const answer = JSON.stringify(JSON.stringify({ action: 'Submit', data: { Order: 'Marigold' } }))
    expect(placesOf(aRawItem({ ...response, Content: answer }))['search']).toContain('marigold')
  })

  it('[C2] beyond what is kept is told of by a mark', () => {
    const { body } = entryOf(aRawItem({ Content: 'y'.repeat(70_000) }))
    expect(body).toMatchObject({ kind: 'text', text: expect.stringMatching(/y…$/) as unknown })
  })

  it('[C1] [C2] survives whatever shape a template has', () => {
    const word = fc.stringMatching(/^[a-z]{6,12} [a-z]{3,8}$/)
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        word,
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(
          fc.constantFrom('title', 'body', 'id', 'rows', 'elements', 'text', 'type'),
          tie('tree'),
        ),
      ),
    }))
    const kind = fc.constantFrom('ListPicker', 'TimePicker', 'Panel', 'QuickReply', 'Carousel', 'Newer')
    fc.assert(
      fc.property(kind, tree, (templateType, content) => {
        const places = placesOf(anInteractiveItem({ templateType, data: { content } }))
        for (const text of Object.values(places))
          for (const said of wordsIn(content)) expect(text).toContain(said)
      }),
      { numRuns: 300 },
    )
  })

  it('[C1] of a template with more members than any has ends, and says that there is more', () => {
    const rows = Array.from({ length: 30_000 }, () => 0)
    const { text } = placesOf(anInteractiveItem({ templateType: 'Newer', data: { content: { rows } } }))
    expect(text).toContain('there is more in the source')
  })
})

function wordsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsIn) : []
}
