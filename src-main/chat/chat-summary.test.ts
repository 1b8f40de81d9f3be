import { describe, expect, it } from 'vitest'
import type { MessageBody } from '#shared/entry.ts'
import { aMessage, anAttachment } from '../store/testing/builders.ts'
import { aStoredChat } from '../testing/stored-chat.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import type { SummaryFacts } from './chat-summary.ts'
import { summarize } from './chat-summary.ts'
import { ServiceTime } from './service-time.ts'

function previewOf(entries: SummaryFacts['entries']) {
  const facts: SummaryFacts = {
    stored: aStoredChat(),
    link: { phase: 'live', since: 0 },
    entries,
    time: new ServiceTime(new ManualClock()),
    unread: 0,
    draft: '',
    typingUntil: null,
    outbox: { waiting: 0, failed: 0 },
    files: { used: 0, received: 0 },
    uploads: [],
    maxFiles: 35,
    maxCharacters: 1024,
  }
  return summarize(facts).preview
}

describe('the preview of a chat', () => {
  it.each([
    ['approved', true, 'order.pdf'],
    ['rejected', true, 'Not sent, stopped by the scan: order.pdf'],
    ['in-progress', true, 'Being scanned: order.pdf'],
    ['rejected', false, 'Not received, stopped by the scan: order.pdf'],
  ] as const)('[B6] does not claim that a file was sent which is %s', (status, own, text) => {
    const attachment = anAttachment()
    const file = { attachmentId: 'f', name: 'order.pdf', contentType: 'application/pdf', status, bytes: 1 }

    const preview = previewOf([{ ...attachment, sender: { ...attachment.sender, own }, files: [file] }])

    expect(preview?.text).toBe(text)
  })

  it('[B6] does not claim that a message was sent which was stopped on its way', () => {
    const stopped = { state: 'undelivered', at: 1, why: 'rejected' } as const

    expect(previewOf([aMessage({ delivery: stopped })])?.text).toMatch(/^Not delivered: /u)
  })

  it('says what the customer entered in a form', () => {
    const template = {
      type: 'Response',
      title: '',
      subtitle: null,
      referenceId: null,
      action: 'Submit',
      fields: [{ label: 'Order', value: 'Marigold' }],
    } as const

    expect(previewOf([aMessage({ body: { kind: 'template', template } })])).toEqual({
      who: 'customer',
      text: 'Submit · Order: Marigold',
      isFile: false,
    })
  })

  const text = (body: MessageBody) => previewOf([aMessage({ body })])?.text

  it('[C8] says what is in a JSON message, without braces', () => {
    const order = { order: { item: 'Rake', size: 'large' }, id: 'a-1' }
    expect(text({ kind: 'json', text: JSON.stringify(order) })).toBe('Rake · large')
    expect(text({ kind: 'json', text: 'not JSON' })).toBe('not JSON')
  })

  it('[C8] says markdown in plain words', () => {
    const markdown = '## Hello\n\n**Your** order `4711` is [here](https://example.com)\n- one\n- two_of_us'
    expect(text({ kind: 'markdown', text: markdown })).toBe('Hello Your order 4711 is here one two_of_us')
  })

  it('[C8] says a chosen time as a person reads it', () => {
    const at = Date.UTC(2026, 2, 5, 10)
    const picker = {
      type: 'TimePicker',
      title: 'When?',
      subtitle: null,
      referenceId: null,
      location: null,
      slots: [{ at, minutes: 30 }],
      zoneOffset: 60,
    } as const
    const chosen = aMessage({ body: { kind: 'text', text: '2026-03-05T10:00+00:00' }, seq: 2 })
    const asked = aMessage({ id: 'asked', body: { kind: 'template', template: picker } })
    expect(previewOf([asked, chosen])?.text).toBe('Thu 5 Mar, 11:00, 30 min')
    expect(text({ kind: 'text', text: '2026-03-05T10:00:00Z' })).toBe('Thu 5 Mar, 10:00')
  })

  it('[C8] marks what a row has no room for', () => {
    expect(text({ kind: 'text', text: 'word '.repeat(100) })).toMatch(/…$/)
  })
})
