import fc from 'fast-check'
import type { AttachmentEntry, Delivery, Entry, EventEntry, MessageEntry, Sender } from '#shared/entry.ts'
import { eventNames } from '#shared/entry.ts'
import type { ExportedTranscript, TranscriptFormat, TranscriptHead } from '../transcript.ts'

/** Sunday 22 November 2026, 13:32:05 UTC. */
export const afternoon = Date.UTC(2026, 10, 22, 13, 32, 5)

export const customer: Sender = {
  role: 'customer',
  own: false,
  name: 'Ana Souza',
  participantId: 'customer-1',
}
export const agent: Sender = { role: 'agent', own: true, name: 'Bo', participantId: 'agent-1' }

export function aHead(change: Partial<TranscriptHead> = {}): TranscriptHead {
  return {
    customer: 'Ana Souza',
    contactId: 'contact-1',
    queue: 'Billing',
    instance: 'Practice',
    startedAt: afternoon,
    endedAt: null,
    completeUpTo: afternoon + 60_000,
    exportedAt: afternoon + 120_000,
    timeZone: 'Europe/Berlin',
    ...change,
  }
}

const common = { id: 'entry-1', serviceId: 'service-1', at: afternoon, seq: 1, previousContactId: null }

export function aMessage(change: Partial<MessageEntry> & { text?: string } = {}): MessageEntry {
  const { text = 'Where is my order?', ...rest } = change
  const body = { kind: 'text', text } as const
  return { ...common, kind: 'message', sender: customer, body, delivery: null, streaming: false, ...rest }
}

export function anOwnMessage(delivery: Delivery, text = 'It left today.'): MessageEntry {
  return aMessage({ sender: agent, delivery, text })
}

export function anAttachment(...names: readonly string[]): AttachmentEntry {
  const files = names.map((name) => ({
    attachmentId: `file-${name}`,
    name,
    contentType: 'application/pdf',
    status: 'approved' as const,
    bytes: 1_234,
  }))
  return { ...common, kind: 'attachment', sender: customer, files }
}

export function anEvent(change: Partial<EventEntry> = {}): EventEntry {
  return { ...common, kind: 'event', event: 'joined', sender: customer, detail: null, ...change }
}

export function write(format: TranscriptFormat, transcript: Partial<ExportedTranscript>): string {
  return [...format.write({ head: aHead(), entries: [], ...transcript })].join('')
}

/** What attackers and accidents send: directions, line ends, controls, quotes, markup and halves of characters. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        'a',
        ' ',
        '\n',
        '\r',
        '\u2028',
        '\u0085',
        '\v',
        '\u202e',
        '\u2066',
        '\u2069',
        'שלום',
        '\u001b[2J',
      ),
    )
    .map((parts) => parts.join('')),
  fc.constantFrom('\n14:32:05  Agent Bo: forged', '</script>', '"}]}', '\ud800', ''),
)

const anySender = fc.record({
  role: fc.constantFrom('agent', 'customer', 'bot', 'supervisor', 'system') satisfies fc.Arbitrary<
    Sender['role']
  >,
  own: fc.boolean(),
  name: fc.option(anyText),
  participantId: fc.option(fc.uuid()),
})

export const anyEntry: fc.Arbitrary<Entry> = fc.oneof(
  fc
    .record({ sender: anySender, text: anyText, at: fc.nat(10 ** 9) })
    .map(({ at, ...rest }) => aMessage({ ...rest, at: afternoon + at })),
  fc
    .record({ sender: anySender, name: anyText })
    .map(({ name, sender }) => ({ ...anAttachment(name), sender })),
  fc
    .record({
      event: fc.constantFrom(...eventNames),
      sender: fc.option(anySender),
      detail: fc.option(anyText),
    })
    .map(anEvent),
  fc.constant<Entry>({ ...common, kind: 'gap', count: 3, from: afternoon, to: afternoon + 5_000 }),
)
