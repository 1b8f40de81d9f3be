import fc from 'fast-check'
import type { AttachmentFile, Entry, MessageBody, Sender } from '../entry.ts'
import { eventNames } from '../entry.ts'
import type { Choice, ListLike, Template, TimePicker } from '../template.ts'
import { hostileId, hostileText, hostileUrl, longText } from './hostile-parts.ts'

const sender: fc.Arbitrary<Sender> = fc.record({
  role: fc.constantFrom('agent', 'customer', 'bot', 'supervisor', 'system'),
  own: fc.boolean(),
  name: fc.option(hostileText),
  participantId: fc.option(hostileId),
})
const heading = {
  title: hostileText,
  subtitle: fc.option(hostileText),
  referenceId: fc.option(fc.nat(5).map(String)),
}
const choice: fc.Arbitrary<Choice> = fc.record({
  title: hostileText,
  subtitle: fc.option(hostileText),
  imageDescription: fc.option(hostileText),
  url: fc.option(hostileUrl),
})
const list: fc.Arbitrary<ListLike> = fc.record({
  type: fc.constantFrom('ListPicker', 'Panel', 'QuickReply'),
  ...heading,
  choices: fc.array(choice, { maxLength: 3 }),
})
const slot = fc.record({ at: fc.integer({ min: 0, max: 2 ** 42 }), minutes: fc.option(fc.integer()) })
const timePicker: fc.Arbitrary<TimePicker> = fc.record({
  type: fc.constant('TimePicker' as const),
  ...heading,
  location: fc.option(hostileText),
  slots: fc.array(slot, { maxLength: 3 }),
  zoneOffset: fc.option(fc.integer({ min: -840, max: 840 })),
})
const template: fc.Arbitrary<Template> = fc.oneof(
  list,
  timePicker,
  fc.record({
    type: fc.constant('Carousel' as const),
    ...heading,
    cards: fc.array(fc.oneof(list, timePicker), { maxLength: 2 }),
  }),
  fc.record({ type: fc.constant('ViewResource' as const), ...heading, viewId: fc.option(hostileText) }),
  fc.record({
    type: fc.constant('Response' as const),
    ...heading,
    action: hostileText,
    fields: fc.array(fc.record({ label: hostileText, value: hostileText }), { maxLength: 3 }),
  }),
  fc.record({ type: fc.constant('Unknown' as const), ...heading, templateType: hostileText }),
)
const body: fc.Arbitrary<MessageBody> = fc.oneof(
  fc.record({ kind: fc.constantFrom('text', 'markdown', 'json'), text: longText }),
  fc.record({ kind: fc.constant('template' as const), template }),
  fc.record({ kind: fc.constant('unknown' as const), contentType: hostileText, summary: hostileText }),
)
const file: fc.Arbitrary<AttachmentFile> = fc.record({
  attachmentId: hostileId,
  name: hostileText,
  contentType: fc.oneof(fc.constantFrom('image/png', 'image/svg+xml', 'text/html'), hostileText),
  status: fc.constantFrom('in-progress', 'approved', 'rejected'),
  bytes: fc.option(fc.nat()),
})
const place = {
  id: fc.uuid(),
  serviceId: fc.option(hostileId),
  at: fc.integer({ min: 1_790_000_000_000, max: 1_790_900_000_000 }),
  seq: fc.nat(),
  previousContactId: fc.option(hostileId),
}

/** What the parsers may make of such items: every shape the page has to draw, with the same texts in it. */
export const hostileEntry: fc.Arbitrary<Entry> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('message' as const),
      ...place,
      sender,
      body,
      delivery: fc.constant(null),
      streaming: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('attachment' as const),
      ...place,
      sender,
      files: fc.array(file, { maxLength: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('event' as const),
      ...place,
      event: fc.constantFrom(...eventNames),
      sender: fc.option(sender),
      detail: fc.option(hostileText),
    }),
  },
)
