import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { jsonFormat } from './json-format.ts'
import { afternoon, aHead, aMessage, anAttachment, anEvent, anOwnMessage } from './testing/builders.ts'
import { anyEntry, anyText, write } from './testing/builders.ts'

const Exported = z.strictObject({
  format: z.literal('parley-transcript'),
  version: z.literal(1),
  exportedAt: z.iso.datetime(),
  completeUpTo: z.iso.datetime().nullable(),
  contact: z.strictObject({
    contactId: z.string().nullable(),
    customer: z.string(),
    queue: z.string().nullable(),
    instance: z.string(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  }),
  count: z.int(),
  entries: z.array(z.looseObject({ kind: z.string(), id: z.string().nullable(), at: z.iso.datetime() })),
  entriesSha256: z.string(),
})

const parse = (text: string): z.infer<typeof Exported> => Exported.parse(JSON.parse(text))

describe('a transcript as JSON', () => {
  it('names contact, times and how much there is', () => {
    const exported = parse(write(jsonFormat, { entries: [aMessage(), anEvent()] }))

    expect(exported).toMatchObject({
      exportedAt: '2026-11-22T13:34:05.000Z',
      completeUpTo: '2026-11-22T13:33:05.000Z',
      contact: { contactId: 'contact-1', customer: 'Ana Souza', queue: 'Billing', instance: 'Practice' },
      count: 2,
    })
  })

  it('holds each entry with the id and the time of the service', () => {
    const { entries } = parse(
      write(jsonFormat, {
        entries: [
          aMessage(),
          anOwnMessage({ state: 'read', at: afternoon }),
          anAttachment('a.pdf'),
          anEvent(),
        ],
      }),
    )

    expect(entries).toMatchObject([
      {
        kind: 'message',
        id: 'service-1',
        at: '2026-11-22T13:32:05.000Z',
        from: { role: 'customer', name: 'Ana Souza', participantId: 'customer-1', own: false },
        contentType: 'text/plain',
        content: 'Where is my order?',
      },
      { from: { own: true }, delivery: { state: 'read', at: '2026-11-22T13:32:05.000Z' } },
      { kind: 'attachment', files: [{ attachmentId: 'file-a.pdf', name: 'a.pdf', status: 'approved' }] },
      { kind: 'event', event: 'joined', detail: null },
    ])
  })

  it('tells by a checksum whether its entries are as they were written', () => {
    const text = write(jsonFormat, { entries: [aMessage(), aMessage({ text: 'Grüße' })] })

    const exported = parse(text)
    const lines = exported.entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
    expect(createHash('sha256').update(lines).digest('hex')).toBe(exported.entriesSha256)
  })

  it('is valid and complete, whatever anyone wrote', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 8 }), anyText, (entries, name) => {
        const exported = parse(write(jsonFormat, { head: aHead({ customer: name }), entries }))

        expect(exported.count).toBe(entries.length)
        expect(exported.entries).toHaveLength(entries.length)
        expect(exported.contact.customer).toBe(name)
        const texts = entries.map((entry) =>
          entry.kind === 'message' && 'text' in entry.body ? entry.body.text : null,
        )
        expect(exported.entries.map((entry) => entry['content'] ?? null)).toEqual(texts)
      }),
      { numRuns: 200 },
    )
  })
})
