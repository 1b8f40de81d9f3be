import type {
  PlacedItem,
  ServiceAttachment,
  ServiceEvent,
  ServiceMessage,
  ServiceSender,
} from '../participant/service-item.ts'

export const theCustomer: ServiceSender = { role: 'customer', name: 'Ana', participantId: 'customer-1' }
export const theAgent: ServiceSender = { role: 'agent', name: 'Sam', participantId: 'agent-1' }

export function aServiceMessage(change: Partial<ServiceMessage> & { text?: string } = {}): ServiceMessage {
  const { text = 'Where is my order?', ...rest } = change
  return {
    kind: 'message',
    serviceId: 'item-1',
    at: 1000,
    contactId: 'contact-1',
    chainId: null,
    previousContactId: null,
    sender: theCustomer,
    body: { kind: 'text', text },
    isWhole: true,
    chunk: null,
    receipts: [],
    undelivered: null,
    view: null,
    ...rest,
  }
}

export function aServiceEvent(change: Partial<ServiceEvent> = {}): ServiceEvent {
  return {
    kind: 'event',
    serviceId: 'event-1',
    at: 1000,
    contactId: 'contact-1',
    chainId: null,
    previousContactId: null,
    event: 'joined',
    sender: theAgent,
    detail: null,
    ...change,
  }
}

export function aServiceFile(
  change: Partial<ServiceAttachment> & { status?: 'in-progress' | 'approved' | 'rejected' } = {},
): ServiceAttachment {
  const { status = 'approved', ...rest } = change
  const file = {
    attachmentId: 'file-1',
    name: 'invoice.pdf',
    contentType: 'application/pdf',
    status,
    bytes: null,
  }
  return {
    kind: 'attachment',
    serviceId: 'item-9',
    at: 1000,
    contactId: 'contact-1',
    chainId: null,
    previousContactId: null,
    sender: theCustomer,
    files: [file],
    ...rest,
  }
}

/** One of ours, as the service tells it back. */
export function anOwnEcho(change: Partial<ServiceMessage> & { text?: string } = {}): ServiceMessage {
  return aServiceMessage({ sender: theAgent, ...change })
}

/** As many messages as asked for, a second apart. */
export function manyMessages(count: number, first = 0): PlacedItem[] {
  return Array.from({ length: count }, (_, index) =>
    aServiceMessage({
      serviceId: `item-${first + index}`,
      at: 1000 * (first + index),
      text: `message ${first + index}`,
    }),
  )
}
