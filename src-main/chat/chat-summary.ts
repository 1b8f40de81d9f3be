import type { AttachmentEntry, Entry, MessageEntry } from '#shared/entry.ts'
import { isPending } from '#shared/entry.ts'
import type { Link } from '#shared/link.ts'
import type { Chat } from '#shared/model.ts'
import type { Template } from '#shared/template.ts'
import type { StoredChat } from '../store/conversation-store.ts'
import type { ServiceTime } from './service-time.ts'

export interface SummaryFacts {
  readonly stored: StoredChat
  readonly link: Link
  readonly entries: readonly Entry[]
  readonly time: ServiceTime
  readonly unread: number
  readonly draft: string
  readonly typingUntil: number | null
  readonly outbox: Chat['outbox']
  readonly files: FileCounts
  readonly maxFiles: number
  readonly maxCharacters: number
}

/** The row in the inbox and the head of the chat. */
export function summarize(facts: SummaryFacts): Chat {
  const { stored, entries, time } = facts
  const last = entries.at(-1)
  return {
    chatId: stored.chatId,
    contactId: stored.contactId,
    customer: stored.customer === '' ? 'Customer' : stored.customer,
    hue: stored.hue,
    instanceId: stored.instanceId,
    queue: stored.queue,
    attributes: [...stored.attributes],
    link: facts.link,
    turn: turnIn(entries, time, stored.startedAt),
    startedAt: stored.startedAt,
    firstReplyAt: stored.firstReplyAt,
    idleEndsAt: null,
    unread: facts.unread,
    preview: previewOf(entries.findLast(isSpoken)),
    typingUntil: facts.typingUntil,
    draft: facts.draft,
    outbox: facts.outbox,
    completeUpTo: stored.completeUpTo,
    maxCharacters: facts.maxCharacters,
    filesUsed: facts.files.used,
    maxFiles: facts.maxFiles,
    filesReceived: facts.files.received,
    lastActivityAt: last === undefined ? stored.startedAt : localTime(last, time),
  }
}

type Spoken = MessageEntry | AttachmentEntry

export function isSpoken(entry: Entry): entry is Spoken {
  return entry.kind === 'message' || entry.kind === 'attachment'
}

export function isFromCustomer(entry: Entry): entry is Spoken {
  return isSpoken(entry) && entry.sender.role === 'customer'
}

export interface FileCounts {
  /** What the service counts against its limit. */
  readonly used: number
  /** From others, and past the scan. */
  readonly received: number
}

/** Files are counted once, however often the service speaks of them. */
export function countFiles(entries: readonly Entry[]): FileCounts {
  const used = new Set<string>()
  const received = new Set<string>()
  for (const entry of entries) {
    if (entry.kind !== 'attachment') continue
    for (const { attachmentId, status } of entry.files) {
      if (entry.previousContactId === null) used.add(attachmentId)
      if (!entry.sender.own && status === 'approved') received.add(attachmentId)
    }
  }
  return { used: used.size, received: received.size }
}

/** Bots do not take the customer's turn away from the agent. */
function turnIn(entries: readonly Entry[], time: ServiceTime, startedAt: number): Chat['turn'] {
  let waitingSince: number | null = null
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index]
    if (entry === undefined || !isSpoken(entry) || hasFailed(entry)) continue
    if (entry.sender.role === 'customer') waitingSince = localTime(entry, time)
    else if (entry.sender.own || entry.sender.role === 'agent' || entry.sender.role === 'supervisor') {
      if (waitingSince === null) return { waitingFor: 'customer', since: localTime(entry, time) }
      break
    }
  }
  return { waitingFor: 'agent', since: Math.max(startedAt, waitingSince ?? startedAt) }
}

function hasFailed(entry: Spoken): boolean {
  if (entry.kind !== 'message') return false
  return entry.delivery?.state === 'failed' || entry.delivery?.state === 'undelivered'
}

/** Pending messages carry this computer's time already. */
function localTime(entry: Entry, time: ServiceTime): number {
  return isPending(entry) ? entry.at : time.toLocal(entry.at)
}

function previewOf(entry: Spoken | undefined): Chat['preview'] {
  if (entry === undefined) return null
  const isFile = entry.kind === 'attachment'
  const text = isFile ? (entry.files[0]?.name ?? '') : spokenText(entry)
  return { who: whoIs(entry), text: text.slice(0, 200), isFile }
}

function whoIs({ sender }: Spoken): 'you' | 'customer' | 'bot' | 'system' {
  if (sender.own) return 'you'
  switch (sender.role) {
    case 'customer':
      return 'customer'
    case 'bot':
      return 'bot'
    case 'agent':
    case 'supervisor':
    case 'system':
      return 'system'
  }
}

function spokenText({ body }: MessageEntry): string {
  switch (body.kind) {
    case 'text':
    case 'markdown':
    case 'json':
      return body.text
    case 'template':
      return templateText(body.template)
    case 'unknown':
      return body.summary
  }
}

function templateText(template: Template): string {
  if (template.type !== 'Response') return template.title
  const entered = template.fields.map(({ label, value }) => `${label}: ${value}`).join(', ')
  return [template.title, template.action, entered].filter((part) => part !== '').join(' · ')
}
