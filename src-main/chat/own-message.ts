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

/** An entry that can only be this message, brought by the service while its answer was lost. */
export function findSent(transcript: Transcript, message: OutboxMessage, floor: number): Accepted | null {
  const { ownId } = transcript
  for (let index = transcript.entries.length - 1; index >= 0; index -= 1) {
    const entry = transcript.entries[index]
    if (entry?.kind !== 'message' || entry.serviceId === null || entry.id.startsWith(ownPrefix)) continue
    if (entry.at < floor - clockSlack) return null
    const isOurs = ownId === null ? entry.sender.role === 'agent' : entry.sender.own
    const says = entry.body.kind === 'text' || entry.body.kind === 'markdown' ? entry.body.text : null
    if (isOurs && says === message.content) return { serviceId: entry.serviceId, at: entry.at }
  }
  return null
}
