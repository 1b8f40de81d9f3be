import { createHash } from 'node:crypto'
import type { Delivery, Entry, MessageBody, Sender } from '#shared/entry.ts'
import { unreachable } from '#shared/failure.ts'
import type { ExportedTranscript, TranscriptFormat } from './transcript.ts'

const version = 1

/**
 * One JSON object, an entry a line, times in UTC. `entriesSha256` covers the entries as they stand in the file: each
 * one's text followed by a line feed, without the commas. The form is written down in the README.
 */
export const jsonFormat: TranscriptFormat = { extension: 'json', typeName: 'JSON', write }

function* write({ head, entries }: ExportedTranscript): Generator<string> {
  const contact = {
    contactId: head.contactId,
    customer: head.customer,
    queue: head.queue,
    instance: head.instance,
    startedAt: iso(head.startedAt),
    endedAt: iso(head.endedAt),
  }
  yield `{\n"format": "parley-transcript",\n"version": ${String(version)},\n`
  yield `"exportedAt": ${JSON.stringify(iso(head.exportedAt))},\n`
  yield `"completeUpTo": ${JSON.stringify(iso(head.completeUpTo))},\n`
  yield `"contact": ${JSON.stringify(contact)},\n"count": ${String(entries.length)},\n"entries": [`
  const hash = createHash('sha256')
  let separator = '\n'
  for (const entry of entries) {
    const line = JSON.stringify(written(entry))
    hash.update(line).update('\n')
    yield separator + line
    separator = ',\n'
  }
  yield `\n],\n"entriesSha256": "${hash.digest('hex')}"\n}\n`
}

function written(entry: Entry): Readonly<Record<string, unknown>> {
  const common = {
    kind: entry.kind,
    id: entry.serviceId,
    at: iso(entry.at),
    ...(entry.previousContactId !== null && { previousContactId: entry.previousContactId }),
  }
  switch (entry.kind) {
    case 'message':
      return {
        ...common,
        from: from(entry.sender),
        ...content(entry.body),
        ...(entry.rewritten === true && { rewritten: true }),
        ...delivery(entry.delivery),
      }
    case 'attachment':
      return { ...common, from: from(entry.sender), files: entry.files }
    case 'event':
      return { ...common, event: entry.event, from: from(entry.sender), detail: entry.detail }
    case 'gap':
      return { ...common, count: entry.count, since: iso(entry.from), until: iso(entry.to) }
    default:
      return unreachable(entry)
  }
}

function from(sender: Sender | null): unknown {
  if (sender === null) return null
  const { role, name, participantId, own } = sender
  return { role, name, participantId, own }
}

function content(body: MessageBody): Readonly<Record<string, unknown>> {
  switch (body.kind) {
    case 'text':
      return { contentType: 'text/plain', content: body.text }
    case 'markdown':
      return { contentType: 'text/markdown', content: body.text }
    case 'json':
      return { contentType: 'application/json', content: body.text }
    case 'template':
      return {
        contentType: 'application/vnd.amazonaws.connect.message.interactive',
        template: body.template,
        ...(body.source !== undefined && { content: body.source }),
      }
    case 'unknown':
      return { contentType: body.contentType, content: body.summary }
    default:
      return unreachable(body)
  }
}

function delivery(state: Delivery | null): Readonly<Record<string, unknown>> {
  if (state === null) return {}
  return { delivery: 'at' in state ? { ...state, at: iso(state.at) } : state }
}

function iso(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString()
}
