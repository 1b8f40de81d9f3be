import fc from 'fast-check'
import { bait, hostileId, hostileText, hostileUrl, longText } from './hostile-parts.ts'

const connect = 'application/vnd.amazonaws.connect'

const wrongType = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1e308, '', [], {}),
  fc.integer(),
  fc.object({ maxDepth: 2, maxKeys: 3 }),
)

/** Mostly what it should be, sometimes hostile, sometimes of another type. */
function field<T>(right: fc.Arbitrary<T>): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 14, arbitrary: right },
    { weight: 2, arbitrary: hostileText },
    { weight: 1, arbitrary: wrongType },
  )
}

const time = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .integer({ min: 0, max: 10 ** 8 })
      .map((ms) => new Date(1_790_000_000_000 + ms).toISOString()),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('2026-01-05', '-271821-04-20T00:00:00Z', '+275760-09-13T00:00:00Z', '99'),
  },
)
const contentType = fc.constantFrom(
  'text/plain',
  'text/markdown',
  'text/markdown; charset=utf-8',
  'TEXT/HTML',
  'application/json',
  `${connect}.message.interactive`,
  `${connect}.message.interactive.response`,
  ...['joined', 'left', 'idle', 'returned', 'invited'].map((name) => `${connect}.event.participant.${name}`),
  `${connect}.event.participant.displayname.updated`,
  `${connect}.event.transfer.succeeded`,
  `${connect}.event.typing`,
  `${connect}.event.message.metadata`,
  `${connect}.event.chat.rehydrated`,
  `${connect}.event.moon.rose`,
)

const element = fc.record(
  {
    title: field(hostileText),
    subtitle: field(hostileText),
    imageData: field(fc.constant(`${bait}/template.png`)),
    imageDescription: field(hostileText),
    url: field(hostileUrl),
    date: field(time),
    duration: field(fc.integer()),
    templateType: field(fc.constantFrom('ListPicker', 'Panel', 'Carousel')),
    data: field(fc.object({ maxDepth: 2, maxKeys: 3 })),
  },
  { requiredKeys: [] },
)

const interactive = fc
  .record(
    {
      templateType: field(
        fc.constantFrom(
          'ListPicker',
          'TimePicker',
          'Panel',
          'QuickReply',
          'Carousel',
          'ViewResource',
          'WhatsApp',
        ),
      ),
      action: field(hostileText),
      data: field(
        fc.record(
          {
            referenceId: field(fc.nat(3).map(String)),
            actionName: field(hostileText),
            content: field(
              fc.record(
                {
                  title: field(hostileText),
                  subtitle: field(hostileText),
                  imageData: field(fc.constant(`${bait}/template.png`)),
                  elements: field(fc.array(element, { maxLength: 4 })),
                  timeslots: field(fc.array(element, { maxLength: 4 })),
                  location: field(fc.record({ title: hostileText })),
                  viewId: field(hostileText),
                  viewToken: field(hostileText),
                },
                { requiredKeys: [] },
              ),
            ),
          },
          { requiredKeys: [] },
        ),
      ),
    },
    { requiredKeys: [] },
  )
  .map((template) => JSON.stringify(template))

const receipt = fc.record(
  { DeliveredTimestamp: field(time), ReadTimestamp: field(time), RecipientParticipantId: field(hostileId) },
  { requiredKeys: [] },
)
const attachment = fc.record(
  {
    AttachmentId: field(hostileId),
    AttachmentName: field(hostileText),
    ContentType: field(fc.constantFrom('image/png', 'text/html', 'application/pdf')),
    Status: field(fc.constantFrom('APPROVED', 'REJECTED', 'IN_PROGRESS')),
  },
  { requiredKeys: [] },
)

const wholeItem = fc.record({
  Id: field(hostileId),
  AbsoluteTime: field(time),
  Type: field(
    fc.constantFrom('MESSAGE', 'MESSAGE', 'MESSAGE', 'EVENT', 'ATTACHMENT', 'MESSAGEMETADATA', 'TYPING'),
  ),
  ContentType: field(contentType),
  Content: field(fc.oneof(longText, longText, interactive)),
  ParticipantId: field(hostileId),
  DisplayName: field(hostileText),
  ParticipantRole: field(
    fc.constantFrom('CUSTOMER', 'AGENT', 'SYSTEM', 'CUSTOM_BOT', 'SUPERVISOR', '__proto__'),
  ),
  ContactId: field(fc.constant('contact-1')),
  InitialContactId: fc.constantFrom('contact-1', 'contact-1', undefined),
  RelatedContactId: field(hostileId),
  Attachments: fc.option(field(fc.array(attachment, { maxLength: 3 })), { nil: undefined, freq: 1 }),
  MessageMetadata: fc.oneof(
    fc.constant(undefined),
    field(
      fc.record(
        {
          MessageId: field(hostileId),
          Receipts: field(fc.array(receipt, { maxLength: 3 })),
          MessageCompleted: field(fc.boolean()),
          ChunkNumber: field(fc.nat(9)),
        },
        { requiredKeys: [] },
      ),
    ),
  ),
})

/** One whose content is what its type says, so that it is read to its end. */
const fittingItem = fc
  .tuple(
    wholeItem,
    fc.oneof(
      fc.record({ ContentType: fc.constant(`${connect}.message.interactive`), Content: interactive }),
      fc.record({
        ContentType: fc.constant(`${connect}.message.interactive.response`),
        Content: interactive,
      }),
      fc.record({ ContentType: fc.constant('application/json'), Content: fc.oneof(fc.json(), longText) }),
      fc.record({ ContentType: fc.constant('text/markdown'), Content: longText }),
    ),
  )
  .map(([item, said]) => ({ ...item, ...said, Type: 'MESSAGE', Attachments: undefined }))

/** Up to four of the fields are missing. */
const itemWithGaps = fc
  .tuple(fc.oneof(wholeItem, fittingItem), fc.array(fc.nat(12), { maxLength: 4 }))
  .map(([item, missing]) =>
    Object.fromEntries(Object.entries(item).filter((_, index) => !missing.includes(index))),
  )

/** Items as a service gone mad, or somebody in its place, could send them: fields missing, wrong, huge or hostile. */
export const hostileItem: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 30,
    arbitrary: itemWithGaps,
  },
  { weight: 1, arbitrary: wrongType },
)

/** What a socket may be told: items in their envelope, and texts that are none. */
export const hostileFrame: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 12,
    arbitrary: hostileItem.map((item) =>
      JSON.stringify({ topic: 'aws/chat', contentType: 'application/json', content: JSON.stringify(item) }),
    ),
  },
  { weight: 1, arbitrary: hostileItem.map((content) => JSON.stringify({ topic: 'aws/chat', content })) },
  {
    weight: 1,
    arbitrary: fc
      .record({
        topic: field(fc.constantFrom('aws/ping', 'aws/chat', '__proto__')),
        content: wrongType,
        statusCode: wrongType,
      })
      .map((frame) => JSON.stringify(frame)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(hostileItem, fc.nat(200))
      .map(([item, end]) =>
        JSON.stringify({ topic: 'aws/chat', content: JSON.stringify(item) }).slice(0, end),
      ),
  },
  { weight: 1, arbitrary: hostileText },
)
