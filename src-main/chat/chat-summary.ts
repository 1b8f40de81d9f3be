import { chatName, isPlaceholder } from '#shared/customer-name.ts'
import { cutTo } from '#shared/cut.ts'
import type { AttachmentEntry, AttachmentFile, Entry, MessageEntry } from '#shared/entry.ts'
import { isPending } from '#shared/entry.ts'
import type { Link } from '#shared/link.ts'
import type { Chat, Upload } from '#shared/model.ts'
import type { StoredChat } from '../store/conversation-store.ts'
import { previewText } from './preview.ts'
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
  readonly uploads: readonly Upload[]
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
    ...namesOf(stored),
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
    preview: previewOf(entries),
    typingUntil: facts.typingUntil,
    draft: facts.draft,
    outbox: facts.outbox,
    filesOut: countUploads(facts.uploads),
    completeUpTo: stored.completeUpTo,
    maxCharacters: facts.maxCharacters,
    filesUsed: facts.files.used,
    maxFiles: facts.maxFiles,
    filesReceived: facts.files.received,
    lastActivityAt: last === undefined ? stored.startedAt : localTime(last, time),
  }
}

function namesOf(chat: Pick<StoredChat, 'label' | 'customer'>) {
  const shown = chatName(chat)
  return {
    customer: shown,
    knownAs: isPlaceholder(chat.customer) || chat.customer === shown ? null : chat.customer,
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

function countUploads(uploads: readonly Upload[]): Chat['filesOut'] {
  const phases = uploads.map(({ state }) => state.phase)
  const staged = phases.filter((phase) => phase === 'staged').length
  const failed = phases.filter((phase) => phase === 'failed').length
  const delivered = phases.filter((phase) => phase === 'delivered').length
  return { staged, failed, moving: phases.length - staged - failed - delivered }
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

/** What did not reach the customer is no answer to them. */
function hasFailed(entry: Spoken): boolean {
  if (entry.kind === 'attachment') return entry.sender.own && entry.files.every(isRejected)
  return entry.delivery?.state === 'failed' || entry.delivery?.state === 'undelivered'
}

/** Pending messages carry this computer's time already. */
function localTime(entry: Entry, time: ServiceTime): number {
  return isPending(entry) ? entry.at : time.toLocal(entry.at)
}

function previewOf(entries: readonly Entry[]): Chat['preview'] {
  const entry = entries.findLast(isSpoken)
  if (entry === undefined) return null
  const isFile = entry.kind === 'attachment'
  const text = isFile ? cutTo(filesText(entry), 200) : messageText(entry, entries)
  return { who: whoIs(entry), text, isFile }
}

/** A file counts as sent once it is through the scan, and not before. */
function filesText({ files, sender }: AttachmentEntry): string {
  const names = files.map(({ name }) => name).join(', ')
  if (files.some(isRejected))
    return `${sender.own ? 'Not sent' : 'Not received'}, stopped by the scan: ${names}`
  const isWaiting = sender.own && files.some(({ status }) => status === 'in-progress')
  return isWaiting ? `Being scanned: ${names}` : names
}

function isRejected({ status }: AttachmentFile): boolean {
  return status === 'rejected'
}

function messageText(entry: MessageEntry, entries: readonly Entry[]): string {
  const text = previewText(entry, entries)
  return entry.delivery?.state === 'undelivered' ? `Not delivered: ${text}` : text
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
