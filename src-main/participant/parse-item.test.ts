import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AttachmentFile, eventNames, MessageBody } from '#shared/entry.ts'
import { anInteractiveItem, aRawItem } from '../testing/raw-items.ts'
import { parseItem } from './parse-item.ts'

const event = (name: string, change = {}) =>
  aRawItem({
    Type: 'EVENT',
    Content: undefined,
    ContentType: `application/vnd.amazonaws.connect.event.${name}`,
    ...change,
  })

describe('messages', () => {
  it('are read with everything the service says of them', () => {
    expect(parseItem(aRawItem())).toEqual({
      kind: 'message',
      serviceId: 'item-1',
      at: Date.UTC(2026, 0, 5, 9, 0, 0, 123),
      contactId: 'contact-1',
      chainId: null,
      previousContactId: null,
      sender: { role: 'customer', name: 'Ana', participantId: 'customer-1' },
      body: { kind: 'text', text: 'Where is my order?' },
      isWhole: true,
      chunk: null,
      receipts: [],
      undelivered: null,
      view: null,
    })
  })

  it.each([
    ['text/plain', 'text'],
    ['text/markdown', 'markdown'],
    ['text/plain;charset=utf-8', 'text'],
    ['application/json', 'json'],
    ['application/x-new', 'unknown'],
  ])('of type %s have a body of kind %s', (ContentType, kind) => {
    expect(parseItem(aRawItem({ ContentType }))).toMatchObject({ body: { kind } })
  })

  it.each([
    ['AGENT', 'agent'],
    ['CUSTOMER', 'customer'],
    ['CUSTOM_BOT', 'bot'],
    ['SUPERVISOR', 'supervisor'],
    ['SYSTEM', 'system'],
    ['constructor', 'system'],
    [undefined, 'system'],
  ])('by %s come from the %s', (ParticipantRole, role) => {
    expect(parseItem(aRawItem({ ParticipantRole }))).toMatchObject({ sender: { role } })
  })

  it('of the system by the name of BOT come from a bot', () => {
    expect(parseItem(aRawItem({ ParticipantRole: 'SYSTEM', DisplayName: 'BOT' }))).toMatchObject({
      sender: { role: 'bot' },
    })
  })

  it('without content are not whole', () => {
    expect(parseItem(aRawItem({ Content: undefined }))).toMatchObject({ isWhole: false })
  })

  it.each([{ Id: undefined }, { Id: '' }, { AbsoluteTime: undefined }, { AbsoluteTime: 'yesterday' }])(
    'that cannot be placed are incomplete: %o',
    (missing) => {
      expect(parseItem(aRawItem(missing))).toEqual({ kind: 'incomplete' })
    },
  )

  it('of an earlier conversation name its contact', () => {
    expect(parseItem(aRawItem({ ContactId: undefined, RelatedContactId: 'old' }))).toMatchObject({
      previousContactId: 'old',
    })
  })

  it('name the chain of contacts they belong to', () => {
    expect(parseItem(aRawItem({ InitialContactId: 'first' }))).toMatchObject({ chainId: 'first' })
  })

  it('in pieces carry the number of the piece', () => {
    const MessageMetadata = { MessageId: 'item-1', MessageCompleted: false, ChunkNumber: 2 }

    expect(parseItem(aRawItem({ ParticipantRole: 'SYSTEM', MessageMetadata }))).toMatchObject({
      chunk: { number: 2, isLast: false },
      sender: { role: 'bot' },
    })
  })

  it('carry their receipts', () => {
    const Receipts = [{ DeliveredTimestamp: '2026-01-05T09:00:01Z', RecipientParticipantId: 'customer-1' }]

    expect(parseItem(aRawItem({ MessageMetadata: { MessageId: 'item-1', Receipts } }))).toMatchObject({
      receipts: [{ messageId: 'item-1', recipientId: 'customer-1', readAt: null }],
    })
  })
})

describe('files', () => {
  it('are read with their verdict', () => {
    const Attachments = [
      { AttachmentId: 'file-1', AttachmentName: 'a.png', ContentType: 'image/png', Status: 'APPROVED' },
      { AttachmentName: 'without an id' },
    ]

    expect(
      parseItem(aRawItem({ Type: 'ATTACHMENT', Content: undefined, ContentType: undefined, Attachments })),
    ).toMatchObject({
      kind: 'attachment',
      files: [
        { attachmentId: 'file-1', name: 'a.png', contentType: 'image/png', status: 'approved', bytes: null },
      ],
    })
  })
})

describe('events', () => {
  it.each([
    ['participant.joined', 'joined'],
    ['participant.left', 'left'],
    ['participant.invited', 'invited'],
    ['participant.idle', 'idle'],
    ['participant.returned', 'returned'],
    ['participant.autodisconnection', 'auto-disconnected'],
    ['transfer.succeeded', 'transferred'],
    ['transfer.failed', 'transfer-failed'],
    ['chat.ended', 'ended'],
    ['chat.rehydrated', 'rehydrated'],
    ['participant.displayname.updated', 'renamed'],
    ['authentication.initiated', 'authentication-started'],
    ['authentication.succeeded', 'authentication-succeeded'],
    ['authentication.failed', 'authentication-failed'],
    ['authentication.timeout', 'authentication-timed-out'],
    ['authentication.expired', 'authentication-expired'],
    ['authentication.cancelled', 'authentication-cancelled'],
    ['workflow.cancelled', 'workflow-cancelled'],
    ['constructor', 'unknown'],
  ])('%s is %s', (name, expected) => {
    expect(parseItem(event(name))).toMatchObject({ kind: 'event', event: expected })
  })

  it('keep the new name of whoever was renamed', () => {
    expect(parseItem(event('participant.displayname.updated', { DisplayName: 'Ana Souza' }))).toMatchObject({
      detail: 'Ana Souza',
    })
  })

  it('that are new to us keep their type', () => {
    expect(parseItem(event('moon.rose'))).toMatchObject({
      event: 'unknown',
      detail: 'application/vnd.amazonaws.connect.event.moon.rose',
    })
  })

  it('without a place are a signal', () => {
    expect(parseItem(event('chat.ended', { Id: '', AbsoluteTime: '' }))).toMatchObject({
      kind: 'signal',
      event: 'ended',
    })
  })

  it('of typing say who types', () => {
    expect(parseItem(event('typing'))).toMatchObject({ kind: 'typing', sender: { role: 'customer' } })
  })

  it.each(['connection.acknowledged', 'message.read', 'message.delivered'])(
    '%s are nothing to show',
    (name) => {
      expect(parseItem(event(name))).toBeNull()
    },
  )
})

it('reads receipts that name no contact', () => {
  const item = {
    AbsoluteTime: '2026-01-05T09:00:00Z',
    Type: 'MESSAGEMETADATA',
    ContentType: 'application/vnd.amazonaws.connect.event.message.metadata',
    MessageMetadata: { MessageId: 'item-7', Receipts: [{ ReadTimestamp: '2026-01-05T09:00:02Z' }] },
  }

  expect(parseItem(item)).toEqual({
    kind: 'receipts',
    signId: null,
    stopped: null,
    receipts: [
      { messageId: 'item-7', recipientId: null, deliveredAt: null, readAt: Date.UTC(2026, 0, 5, 9, 0, 2) },
    ],
  })
})

it('takes receipts that say nothing for nothing', () => {
  expect(
    parseItem({ Type: 'MESSAGEMETADATA', MessageMetadata: { MessageId: 'item-7', Receipts: [] } }),
  ).toEqual({
    kind: 'receipts',
    signId: null,
    stopped: null,
    receipts: [],
  })
})

it('reads the token of a view', () => {
  const content = {
    templateType: 'ViewResource',
    data: { content: { viewId: 'detail', viewToken: 'secret', viewData: { Seat: '12A' } } },
  }

  expect(parseItem(anInteractiveItem(content))).toMatchObject({
    view: { token: 'secret', data: { Seat: '12A' } },
    body: { kind: 'template', template: { type: 'ViewResource', viewId: 'detail' } },
  })
})

const field = fc.oneof(fc.string(), fc.constant(undefined), fc.integer(), fc.constant(null), fc.object())
const known = fc.constantFrom('MESSAGE', 'EVENT', 'ATTACHMENT', 'MESSAGEMETADATA', 'CHAT_ENDED')
const hostileItems = fc.record(
  {
    Id: field,
    AbsoluteTime: fc.oneof(field, fc.constant('2026-01-05T09:00:00Z')),
    Type: fc.oneof(known, field),
    ContentType: fc.oneof(
      field,
      fc.constantFrom('text/plain', 'application/vnd.amazonaws.connect.message.interactive'),
    ),
    Content: fc.oneof(fc.json(), fc.string({ maxLength: 5000, unit: 'binary' }), field),
    DisplayName: field,
    ParticipantRole: fc.oneof(fc.constantFrom('SYSTEM', 'CUSTOMER', '__proto__', 'toString'), field),
    Attachments: fc.oneof(field, fc.array(fc.object())),
    MessageMetadata: fc.oneof(
      field,
      fc.object(),
      fc.record({ Receipts: fc.array(fc.object()), MessageCompleted: field }),
    ),
  },
  { requiredKeys: [] },
)

it('makes something sound of whatever it is given', { timeout: 120_000 }, () => {
  const property = fc.property(fc.oneof(hostileItems, fc.anything()), (raw) => {
    const item = parseItem(raw)
    if (item?.kind === 'message') MessageBody.parse(item.body)
    if (item?.kind === 'attachment') item.files.forEach((file) => AttachmentFile.parse(file))
    if (item?.kind === 'event') expect(eventNames).toContain(item.event)
  })

  fc.assert(property, { numRuns: 10_000 })
})
