import type {
  AttachmentEntry,
  AttachmentFile,
  Delivery,
  Entry,
  EventEntry,
  MessageEntry,
  Sender,
} from '#shared/entry.ts'
import { unreachable } from '#shared/failure.ts'
import type {
  PlacedItem,
  ServiceAttachment,
  ServiceEvent,
  ServiceMessage,
  ServiceSender,
} from '../participant/service-item.ts'
import { advance } from './delivery.ts'
import { isTypedHere } from './own-message.ts'

export interface Birth {
  readonly id: string
  readonly seq: number
  readonly ownId: string | null
  /** Of the files sent from here, by attachment. */
  readonly sizes: ReadonlyMap<string, number>
}

/**
 * A new entry for what the service said for the first time. Field by field: objects made by spreading get a shape of
 * their own each, which costs more memory than what they hold.
 */
export function entryFrom(item: PlacedItem, { id, seq, ownId, sizes }: Birth): Entry {
  const { serviceId, at, previousContactId } = item
  switch (item.kind) {
    case 'message': {
      const sender = senderFrom(item.sender, ownId)
      const delivery = stopped(item) ?? (sender.own ? ({ state: 'sent', at } as const) : null)
      const streaming = item.chunk !== null && !item.chunk.isLast
      const { kind, body } = item
      return { id, serviceId, at, seq, previousContactId, kind, sender, body, delivery, streaming }
    }
    case 'attachment': {
      const { kind } = item
      const sender = senderFrom(item.sender, ownId)
      const files = item.files.map((file) => sized(file, sizes))
      return { id, serviceId, at, seq, previousContactId, kind, sender, files }
    }
    case 'event': {
      const { kind, event, detail } = item
      const sender = item.sender === null ? null : senderFrom(item.sender, ownId)
      return { id, serviceId, at, seq, previousContactId, kind, event, sender, detail }
    }
    default:
      return unreachable(item)
  }
}

function sized(file: AttachmentFile, sizes: Birth['sizes']): AttachmentFile {
  return { ...file, bytes: sizes.get(file.attachmentId) ?? file.bytes }
}

/** A known entry after the service repeated it. The same object when there is nothing new. */
export function entryUpdated(entry: Entry, item: PlacedItem): Entry {
  if (entry.kind === 'message' && item.kind === 'message') return messageUpdated(entry, item)
  if (entry.kind === 'attachment' && item.kind === 'attachment') return attachmentUpdated(entry, item)
  if (entry.kind === 'event' && item.kind === 'event') return eventUpdated(entry, item)
  return moved(entry, item)
}

export function messageUpdated(entry: MessageEntry, item: ServiceMessage): MessageEntry {
  const named = withFate(withSender(moved(entry, item), item.sender), item)
  const isGrowing = item.chunk !== null && !item.chunk.isLast
  if (isGrowing || !item.isWhole) return named
  if (!entry.streaming && isSameBody(named.body, item.body)) return named
  return { ...named, body: item.body, streaming: false, ...(isTypedHere(entry) && { rewritten: true }) }
}

function isSameBody(one: MessageEntry['body'], other: MessageEntry['body']): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** What the contact centre's message processing says against a message. */
function stopped({ undelivered: why, at }: ServiceMessage): Delivery | null {
  return why === null ? null : { state: 'undelivered', at, why }
}

function withFate(entry: MessageEntry, item: ServiceMessage): MessageEntry {
  const fate = stopped(item)
  if (fate === null) return entry
  const delivery = entry.delivery === null ? fate : advance(entry.delivery, fate)
  return delivery === entry.delivery ? entry : { ...entry, delivery }
}

/** The next piece of a growing message. */
export function withPiece(entry: MessageEntry, item: ServiceMessage): MessageEntry {
  if (entry.body.kind !== item.body.kind || !('text' in entry.body) || !('text' in item.body)) return entry
  return { ...entry, body: { ...entry.body, text: entry.body.text + item.body.text } }
}

function attachmentUpdated(entry: AttachmentEntry, item: ServiceAttachment): AttachmentEntry {
  const named = withSender(moved(entry, item), item.sender)
  const known = new Map(entry.files.map((file) => [file.attachmentId, file]))
  const files = item.files.map((file) => fileUpdated(known.get(file.attachmentId), file))
  const isSame =
    files.length === entry.files.length && files.every((file, index) => file === entry.files[index])
  return isSame || files.length === 0 ? named : { ...named, files }
}

function eventUpdated(entry: EventEntry, item: ServiceEvent): EventEntry {
  const named = moved(entry, item)
  return entry.sender !== null || item.sender === null
    ? named
    : { ...named, sender: senderFrom(item.sender, null), detail: item.detail }
}

/** A verdict is not taken back by an older frame. */
export function fileUpdated(known: AttachmentFile | undefined, file: AttachmentFile): AttachmentFile {
  if (known === undefined) return file
  const status = file.status === 'in-progress' ? known.status : file.status
  const isSame = status === known.status && file.name === known.name && file.contentType === known.contentType
  return isSame ? known : { ...file, status, bytes: known.bytes ?? file.bytes }
}

function moved<E extends Entry>(entry: E, item: PlacedItem): E {
  return entry.at === item.at && entry.serviceId === item.serviceId
    ? entry
    : { ...entry, at: item.at, serviceId: item.serviceId }
}

function withSender<E extends MessageEntry | AttachmentEntry>(entry: E, sender: ServiceSender): E {
  const name = sender.name ?? entry.sender.name
  const participantId = sender.participantId ?? entry.sender.participantId
  // What came without a role counts as the system's until somebody else is named.
  const role = entry.sender.role === 'system' ? sender.role : entry.sender.role
  const { sender: known } = entry
  if (name === known.name && participantId === known.participantId && role === known.role) return entry
  return { ...entry, sender: { ...known, role, name, participantId } }
}

/** It turned out whose voice this is. */
export function asOwn(entry: Entry, ownId: string): Entry {
  if (entry.kind === 'gap' || entry.sender === null || entry.sender.own) return entry
  if (entry.sender.participantId !== ownId) return entry
  const sender: Sender = { ...entry.sender, own: true }
  if (entry.kind !== 'message') return { ...entry, sender }
  return { ...entry, sender, delivery: entry.delivery ?? { state: 'sent', at: entry.at } }
}

/** An own message named by the service; its echo, when it is here already, knows more than the answer. */
export function acknowledged(
  entry: MessageEntry,
  { serviceId, at, echo }: { serviceId: string; at: number; echo: Entry | undefined },
): MessageEntry {
  const sender = echo?.kind === 'message' ? { ...echo.sender, own: true } : entry.sender
  const sent = advance(entry.delivery ?? { state: 'sending' }, { state: 'sent', at })
  const told = echo?.kind === 'message' ? echo.delivery : null
  return {
    ...entry,
    serviceId,
    at: echo?.at ?? at,
    sender,
    // What the service shows is what the customer reads.
    ...(echo?.kind === 'message' &&
      !isSameBody(echo.body, entry.body) && { body: echo.body, rewritten: true }),
    delivery: told === null ? sent : advance(sent, told),
  }
}

function senderFrom({ role, name, participantId }: ServiceSender, ownId: string | null): Sender {
  return { role, name, participantId, own: ownId !== null && participantId === ownId }
}
