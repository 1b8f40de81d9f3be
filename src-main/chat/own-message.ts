import type { Delivery, MessageBody, MessageEntry, Sender } from '#shared/entry.ts'
import type { FailureCode } from '#shared/failure.ts'
import { failureCodes } from '#shared/failure.ts'
import type { Accepted } from '../participant/participant-api.ts'
import type { OutboxMessage } from '../store/conversation-store.ts'
import { clockSlack } from './parcel.ts'
import type { Transcript } from './transcript.ts'

const ownPrefix = 'own-'

/** Ids of messages typed here are told from those the service brought: only the latter can be a lost answer's echo. */
export function ownEntryId(newId: () => string): string {
  return ownPrefix + newId()
}

export function isTypedHere({ id }: MessageEntry): boolean {
  return id.startsWith(ownPrefix)
}

/** How a message on its way appears in the conversation. */
export function pendingEntry(message: OutboxMessage, participantId: string | null): MessageEntry {
  const sender: Sender = { role: 'agent', own: true, name: null, participantId }
  return {
    kind: 'message',
    id: message.entryId,
    serviceId: null,
    at: message.queuedAt,
    seq: message.seq,
    previousContactId: null,
    sender,
    body: bodyOf(message),
    delivery: deliveryOf(message),
    streaming: false,
  }
}

function bodyOf({ contentType, content }: OutboxMessage): MessageBody {
  return { kind: contentType === 'text/markdown' ? 'markdown' : 'text', text: content }
}

function deliveryOf({ state }: OutboxMessage): Delivery {
  switch (state.state) {
    case 'queued':
      return { state: 'queued' }
    case 'sending':
      return { state: 'sending' }
    case 'failed':
      return { state: 'failed', code: codeFrom(state.code), reason: state.reason }
  }
}

function codeFrom(stored: string): FailureCode {
  return failureCodes.find((code) => code === stored) ?? 'internal'
}

/** The service's time at the newest thing that was here before `seq`. History read later does not count. */
export function floorOf(transcript: Transcript, seq: number): number {
  return transcript.entries.reduce(
    (floor, entry) =>
      entry.serviceId !== null && entry.seq > 0 && entry.seq < seq ? Math.max(floor, entry.at) : floor,
    -Infinity,
  )
}

/** What a conversation shows of a message whose answer was lost. */
export type Found = Accepted | 'undecidable' | null

/**
 * An entry that can only be this message, brought by the service while its answer was lost. A contact centre may change
 * the words of what it takes: of those that arrived after it was typed, the oldest whose words can have come of these.
 * Something else of ours that arrived then leaves it open whether this message did.
 */
export function findSent(transcript: Transcript, message: OutboxMessage, floor: number): Found {
  let changed: MessageEntry | null = null
  let isUndecidable = false
  for (let index = transcript.entries.length - 1; index >= 0; index -= 1) {
    const entry = transcript.entries[index]
    if (entry?.kind !== 'message' || entry.serviceId === null || isTypedHere(entry)) continue
    if (entry.at < floor - clockSlack) break
    const words = wordsOf(entry)
    if (words === null || !isOurs(transcript, entry)) continue
    if (words === message.content) return acceptedAs(entry)
    if (entry.seq <= message.seq) continue
    if (canComeOf(words, message.content)) changed = entry
    else isUndecidable ||= transcript.ownId !== null
  }
  if (changed !== null) return acceptedAs(changed)
  return isUndecidable ? 'undecidable' : null
}

function acceptedAs({ serviceId, at }: MessageEntry): Accepted | null {
  return serviceId === null ? null : { serviceId, at }
}

function isOurs({ ownId }: Transcript, { sender }: MessageEntry): boolean {
  return ownId === null ? sender.role === 'agent' : sender.own
}

function wordsOf({ body }: MessageEntry): string | null {
  return body.kind === 'text' || body.kind === 'markdown' ? body.text : null
}

/** What takes the place of words that may not be kept, such as `[PII]`. */
const redaction = /\[[^\]]*\]|\*+/

/** Between the redactions stand our own words, in our order. */
function canComeOf(told: string, sent: string): boolean {
  const pieces = told.split(redaction)
  if (pieces.length === 1) return false
  let from = 0
  for (const piece of pieces) {
    const at = sent.indexOf(piece, from)
    if (at < 0) return false
    from = at + piece.length
  }
  return true
}
