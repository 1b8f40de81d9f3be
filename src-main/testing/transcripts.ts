import type { Entry, MessageEntry } from '#shared/entry.ts'
import { Transcript } from '../chat/transcript.ts'

export function aTranscript(entries: readonly Entry[] = [], ownId: string | null = 'agent-1'): Transcript {
  let ids = 0
  return new Transcript(() => `entry-${(ids += 1)}`, { entries, ownId })
}

/** Typed, and not named by the service yet. */
export function aPending(transcript: Transcript, id: string, text = id): MessageEntry {
  const entry: MessageEntry = {
    kind: 'message',
    id,
    serviceId: null,
    at: 0,
    seq: transcript.nextSeq(),
    previousContactId: null,
    sender: { role: 'agent', own: true, name: null, participantId: null },
    body: { kind: 'text', text },
    delivery: { state: 'queued' },
    streaming: false,
  }
  transcript.add(entry)
  return entry
}

export const texts = (transcript: Transcript): readonly string[] =>
  transcript.entries.map((entry) =>
    entry.kind === 'message' && 'text' in entry.body ? entry.body.text : entry.kind,
  )

export const message = (transcript: Transcript, serviceId: string): MessageEntry => {
  const entry = transcript.byServiceId(serviceId)
  if (entry?.kind !== 'message') throw new Error(`${serviceId} is no message.`)
  return entry
}
