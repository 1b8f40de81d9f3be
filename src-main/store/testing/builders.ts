import type { AttachmentEntry, EventEntry, MessageEntry } from '#shared/entry.ts'
import { ChatId } from '#shared/model.ts'
import type { JournaledUpload, OutboxMessage, StoredChat } from '../conversation-store.ts'

export const chatOf = (id: string): ChatId => ChatId.parse(id)
export const ana = chatOf('chat-ana')

export function aStoredChat(change: Partial<StoredChat> = {}): StoredChat {
  return {
    chatId: ana,
    contactId: 'contact-1',
    label: '',
    customer: 'Ana Souza',
    hue: 3,
    instanceId: 'practice',
    instance: null,
    queue: 'Billing',
    attributes: [{ name: 'plan', value: 'gold' }],
    startedAt: 1_000,
    firstReplyAt: null,
    endedAt: null,
    endReason: null,
    completeUpTo: 2_000,
    lastServiceId: 'service-9',
    unread: 2,
    draft: '',
    ...change,
  }
}

export function aMessage(change: Partial<MessageEntry> & { text?: string } = {}): MessageEntry {
  const { text = 'Where is my order?', ...rest } = change
  return {
    kind: 'message',
    id: 'entry-1',
    serviceId: 'service-1',
    at: 1_000,
    seq: 1,
    previousContactId: null,
    sender: { role: 'customer', own: false, name: 'Ana Souza', participantId: 'customer-1' },
    body: { kind: 'text', text },
    delivery: null,
    streaming: false,
    ...rest,
  }
}

/** Typed by the agent and not yet named by the service. */
export function aPendingMessage(change: Partial<MessageEntry> & { text?: string } = {}): MessageEntry {
  return aMessage({
    serviceId: null,
    sender: { role: 'agent', own: true, name: null, participantId: null },
    delivery: { state: 'queued' },
    ...change,
  })
}

export function anAttachment(change: Partial<AttachmentEntry> & { fileName?: string } = {}): AttachmentEntry {
  const { fileName = 'invoice.pdf', ...rest } = change
  return {
    kind: 'attachment',
    id: 'entry-file',
    serviceId: 'service-file',
    at: 3_000,
    seq: 3,
    previousContactId: null,
    sender: { role: 'customer', own: false, name: 'Ana Souza', participantId: 'customer-1' },
    files: [
      {
        attachmentId: 'file-1',
        name: fileName,
        contentType: 'application/pdf',
        status: 'approved',
        bytes: 1,
      },
    ],
    ...rest,
  }
}

export function anEvent(change: Partial<EventEntry> = {}): EventEntry {
  return {
    kind: 'event',
    id: 'entry-event',
    serviceId: 'service-event',
    at: 500,
    seq: 0,
    previousContactId: null,
    event: 'joined',
    sender: { role: 'customer', own: false, name: 'Ana Souza', participantId: 'customer-1' },
    detail: null,
    ...change,
  }
}

export function anOutboxMessage(change: Partial<OutboxMessage> = {}): OutboxMessage {
  return {
    chatId: ana,
    entryId: 'entry-out',
    clientToken: 'token-1',
    contentType: 'text/plain',
    content: 'It left the warehouse today.',
    queuedAt: 4_000,
    seq: 4,
    state: { state: 'queued' },
    ...change,
  }
}

export function anUpload(change: Partial<JournaledUpload> = {}): JournaledUpload {
  return {
    uploadId: 'upload-1',
    chatId: ana,
    path: '/home/agent/photo.png',
    name: 'photo.png',
    contentType: 'image/png',
    bytes: 1234,
    modifiedAt: 900,
    phase: 'waiting',
    attachmentId: null,
    clientToken: 'upload-token',
    ...change,
  }
}
