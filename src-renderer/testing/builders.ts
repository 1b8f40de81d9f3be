import type { AttachmentEntry, Entry, EventEntry, GapEntry, MessageEntry, Sender } from '#shared/entry.ts'
import type { Chat, ChatId, Instance, Offer, Snapshot, Upload } from '#shared/model.ts'

/** Thursday 12 March 2026, 14:00 UTC. */
export const noon = Date.UTC(2026, 2, 12, 14, 0, 0)

export function aChatId(id = 'amara'): ChatId {
  return id as ChatId
}

export function aChat(part: Partial<Omit<Chat, 'chatId'>> & { readonly chatId?: string } = {}): Chat {
  return {
    knownAs: null,
    contactId: null,
    customer: 'Amara Okafor',
    hue: 1,
    instanceId: 'uk',
    queue: 'Returns',
    attributes: [],
    link: { phase: 'live', since: noon },
    turn: { waitingFor: 'agent', since: noon },
    startedAt: noon,
    firstReplyAt: null,
    idleEndsAt: null,
    unread: 0,
    preview: null,
    typingUntil: null,
    draft: '',
    outbox: { waiting: 0, failed: 0 },
    filesOut: { staged: 0, moving: 0, failed: 0 },
    completeUpTo: noon,
    maxCharacters: 1024,
    filesUsed: 0,
    maxFiles: 35,
    filesReceived: 0,
    lastActivityAt: noon,
    ...part,
    chatId: aChatId(part.chatId),
  }
}

const customer: Sender = { role: 'customer', own: false, name: 'Amara Okafor', participantId: 'customer' }
const agent: Sender = { role: 'agent', own: true, name: null, participantId: 'agent' }

export function aMessage(
  part: Partial<MessageEntry> & { readonly text?: string; readonly own?: boolean } = {},
): MessageEntry {
  const { text = 'Hello', own = false, ...rest } = part
  const id = part.id ?? 'm1'
  return {
    kind: 'message',
    id,
    serviceId: `service-${id}`,
    at: noon,
    seq: 1,
    previousContactId: null,
    sender: own ? agent : customer,
    body: { kind: 'text', text },
    delivery: own ? { state: 'sent', at: noon } : null,
    streaming: false,
    ...rest,
  }
}

export function anAttachment(part: Partial<AttachmentEntry> = {}): AttachmentEntry {
  const file = {
    attachmentId: 'f1',
    name: 'order.pdf',
    contentType: 'application/pdf',
    status: 'approved',
    bytes: 2_140,
  } as const
  return { ...common('a1'), kind: 'attachment', sender: customer, files: [file], ...part }
}

export function anEvent(part: Partial<EventEntry> = {}): EventEntry {
  return { ...common('e1'), kind: 'event', event: 'joined', sender: customer, detail: null, ...part }
}

export function aGap(part: Partial<GapEntry> = {}): GapEntry {
  return { ...common('g1'), kind: 'gap', count: 3, from: noon, to: noon + 60_000, ...part }
}

function common(id: string): Pick<Entry, 'id' | 'serviceId' | 'at' | 'seq' | 'previousContactId'> {
  return { id, serviceId: `service-${id}`, at: noon, seq: 1, previousContactId: null }
}

export function anInstance(part: Partial<Instance> = {}): Instance {
  return { instanceId: 'uk', label: 'Alder UK', tag: 'UK', region: 'eu-west-2', isPractice: false, ...part }
}

export function anOffer(part: Partial<Offer> = {}): Offer {
  return {
    offerId: 'o1',
    customer: 'Priya Raman',
    instanceId: 'uk',
    queue: 'Billing',
    queuedAt: noon,
    expiresAt: noon + 20_000,
    ...part,
  }
}

export function anUpload(part: Partial<Upload> = {}): Upload {
  return {
    uploadId: 'u1',
    chatId: aChatId(),
    name: 'label.pdf',
    contentType: 'application/pdf',
    bytes: 4_200_000,
    previewUrl: null,
    doubt: null,
    state: { phase: 'staged' },
    ...part,
  }
}

export function aSnapshot(part: Partial<Snapshot> = {}): Snapshot {
  return {
    revision: 1,
    chats: [],
    offers: [],
    instances: [],
    uploads: [],
    custody: { mode: 'sealed', backend: 'keychain' },
    notices: [],
    settings: { theme: 'system', sendWith: 'enter', showCustomerPanel: true, closing: 'ask', textSize: 100 },
    window: { isMaximized: false, isFocused: true, isAway: false },
    surroundings: {
      platform: 'linux',
      version: '0.1.0',
      defaultRegion: 'eu-west-2',
      defaultEndpoint: 'https://participant.example',
      weaknesses: [],
      maxChats: 10,
      managedClosing: null,
    },
    ...part,
  }
}
