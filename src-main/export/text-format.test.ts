import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textFormat } from './text-format.ts'
import { afternoon, agent, aHead, aMessage, anAttachment, anEvent, anOwnMessage } from './testing/builders.ts'
import { anyEntry, anyText, write } from './testing/builders.ts'

/** The lines of the entries, days left out. */
function entryLines(text: string): readonly string[] {
  const body = text.slice(text.indexOf('\n\n') + 2, text.indexOf('\n\nEnd of the transcript'))
  return body.split('\n').slice(1)
}

describe('a transcript as text', () => {
  it('can be read from top to bottom', () => {
    const text = write(textFormat, {
      head: aHead({ endedAt: afternoon + 90_000 }),
      entries: [
        anEvent(),
        aMessage({ text: 'Hello,\nwhere is my order?' }),
        anOwnMessage({ state: 'read', at: afternoon + 5_000 }),
        anAttachment('invoice.pdf'),
        { ...anEvent({ event: 'ended', sender: null }), at: Date.UTC(2026, 10, 22, 23, 30) },
      ],
    })

    expect(text.slice(0, text.lastIndexOf('SHA-256'))).toBe(`Conversation with Ana Souza
Contact:        contact-1
Instance:       Practice, queue Billing
Participants:   Customer Ana Souza, Agent Bo
Started:        2026-11-22 14:32:05 +01:00
Ended:          2026-11-22 14:33:35 +01:00
Complete up to: 2026-11-22 14:33:05 +01:00
Exported:       2026-11-22 14:34:05 +01:00
Time zone:      Europe/Berlin

Sunday 22 November 2026 (UTC+01:00)
14:32:05  -- Customer Ana Souza joined
14:32:05  Customer Ana Souza: Hello,
    where is my order?
14:32:05  Agent Bo: It left today.
    (read 14:32:10)
14:32:05  Customer Ana Souza sent a file
    invoice.pdf (approved)

Monday 23 November 2026 (UTC+01:00)
00:30:00  -- The chat ended

End of the transcript: 5 entries.
`)
  })

  it('has what a customer entered in a form', () => {
    const template = {
      type: 'Response',
      title: '',
      subtitle: null,
      referenceId: null,
      action: 'Submit',
      fields: [{ label: 'Order', value: 'Marigold' }],
    } as const

    const text = write(textFormat, { entries: [aMessage({ body: { kind: 'template', template } })] })

    expect(entryLines(text)).toEqual(['14:32:05  Customer Ana Souza: Submit', '    Order: Marigold'])
  })

  it('says which messages never reached the customer', () => {
    const text = write(textFormat, {
      entries: [
        anOwnMessage({ state: 'failed', code: 'refused', reason: 'The message was refused.' }),
        anOwnMessage({ state: 'queued' }),
        anOwnMessage({ state: 'sent', at: afternoon }),
      ],
    })

    expect(entryLines(text)).toEqual([
      '14:32:05  Agent Bo: It left today.',
      '    (not sent: The message was refused.)',
      '14:32:05  Agent Bo: It left today.',
      '    (not sent yet)',
      '14:32:05  Agent Bo: It left today.',
    ])
  })

  it('does not claim to be complete when that was never proven', () => {
    expect(write(textFormat, { head: aHead({ completeUpTo: null }) })).toContain(
      'Complete up to: not proven\n',
    )
  })

  it('begins a new day when daylight saving ends', () => {
    const before = Date.UTC(2026, 9, 25, 0, 59)

    const text = write(textFormat, {
      entries: [aMessage({ at: before }), aMessage({ at: before + 120_000 })],
    })

    expect(text).toContain('Sunday 25 October 2026 (UTC+02:00)\n02:59:00')
    expect(text).toContain('Sunday 25 October 2026 (UTC+01:00)\n02:01:00')
  })

  it('ends with a checksum of everything before it', () => {
    const text = write(textFormat, { entries: [aMessage()] })

    const [, body = '', sum] = /^(.*)SHA-256 of everything above: ([0-9a-f]{64})\n$/s.exec(text) ?? []
    expect(createHash('sha256').update(body).digest('hex')).toBe(sum)
  })

  it('lets nothing anyone wrote pose as an entry, whatever they wrote', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 8 }), anyText, (entries, name) => {
        const text = write(textFormat, { head: aHead({ customer: name, queue: name }), entries })

        const atMargin = text.split('\n').filter((line) => /^\d\d:\d\d:\d\d {2}/.test(line))
        expect(atMargin).toHaveLength(entries.length)
        for (const line of atMargin) expect(line).toMatch(/^\S+ {2}(--|Agent|Customer|Bot|Supervisor|System)/)
      }),
      { numRuns: 200 },
    )
  })

  it('keeps every line in its direction and shows what cannot be seen, whatever anyone wrote', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 8 }), anyText, (entries, name) => {
        const text = write(textFormat, { head: aHead({ customer: name }), entries })

        expect(Buffer.from(text).toString()).toBe(text)
        expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066\u2067]/)
        for (const line of text.split('\n')) {
          expect(line.replaceAll(/\u2068[^\u2068\u2069]*\u2069/g, '')).not.toMatch(
            /[\u0590-\u08ff\u2068\u2069]/,
          )
        }
      }),
      { numRuns: 200 },
    )
  })

  it('gives back the text of a message when its lines are put together again', () => {
    // What breaks a line or cannot be seen is written in another way, and has tests of its own.
    const plain = fc.string({ unit: 'grapheme' }).map((line) => line.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ''))
    fc.assert(
      fc.property(fc.array(plain, { minLength: 1 }), (lines) => {
        const text = write(textFormat, {
          entries: [aMessage({ sender: { ...agent, name: null }, text: lines.join('\n') })],
        })

        const [first = '', ...further] = entryLines(text.replaceAll(/[\u2068\u2069]/g, ''))
        const found = [first.slice('14:32:05  Agent: '.length), ...further.map((line) => line.slice(4))]
        expect(found).toEqual(lines)
      }),
    )
  })
})
