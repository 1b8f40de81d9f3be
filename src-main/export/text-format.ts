import { createHash } from 'node:crypto'
import type { Delivery, Entry, Sender } from '#shared/entry.ts'
import { unreachable } from '#shared/failure.ts'
import { bodyText } from '#shared/template-words.ts'
import { undeliveredReason } from '#shared/undelivered.ts'
import { eventSentence } from './event-sentence.ts'
import { localTime } from './local-time.ts'
import type { LocalTime } from './local-time.ts'
import { oneLine, severalLines } from './plain-text.ts'
import type { ExportedTranscript, TranscriptFormat } from './transcript.ts'

/**
 * For people: a heading, then a line an entry. Only the first line of an entry begins at the margin, with its time
 * and the role of who spoke, so nothing that somebody wrote can pose as an entry of its own.
 */
export const textFormat: TranscriptFormat = { extension: 'txt', typeName: 'Plain text', write }

const indent = '    '
const roles: Readonly<Record<Sender['role'], string>> = {
  agent: 'Agent',
  customer: 'Customer',
  bot: 'Bot',
  supervisor: 'Supervisor',
  system: 'System',
}

/** The last line is the SHA-256 of all bytes before it. */
function* write(transcript: ExportedTranscript): Generator<string> {
  const hash = createHash('sha256')
  for (const piece of lines(transcript)) {
    hash.update(piece)
    yield piece
  }
  yield `SHA-256 of everything above: ${hash.digest('hex')}\n`
}

function* lines({ head, entries }: ExportedTranscript): Generator<string> {
  const time = localTime(head.timeZone)
  yield* heading({ head, entries }, time)
  let day = ''
  for (const entry of entries) {
    const today = time.day(entry.at)
    if (today !== day) yield `\n${today}\n`
    day = today
    const [first = '', ...further] = linesOf(entry, time)
    yield `${time.clock(entry.at)}  ${first}\n`
    for (const line of further) yield `${indent}${line}\n`
  }
  yield `\nEnd of the transcript: ${String(entries.length)} ${entries.length === 1 ? 'entry' : 'entries'}.\n`
}

function* heading({ head, entries }: ExportedTranscript, time: LocalTime): Generator<string> {
  yield `Conversation with ${oneLine(head.customer)}\n`
  if (head.contactId !== null) yield `Contact:        ${oneLine(head.contactId)}\n`
  const queue = head.queue === null ? '' : `, queue ${oneLine(head.queue)}`
  yield `Instance:       ${oneLine(head.instance)}${queue}\n`
  const participants = participantsIn(entries)
  if (participants.length > 0) yield `Participants:   ${participants.join(', ')}\n`
  yield `Started:        ${time.moment(head.startedAt)}\n`
  if (head.endedAt !== null) yield `Ended:          ${time.moment(head.endedAt)}\n`
  yield `Complete up to: ${head.completeUpTo === null ? 'not proven' : time.moment(head.completeUpTo)}\n`
  yield `Exported:       ${time.moment(head.exportedAt)}\n`
  yield `Time zone:      ${head.timeZone}\n`
}

function participantsIn(entries: readonly Entry[]): readonly string[] {
  const senders = entries.flatMap((entry) =>
    entry.kind === 'gap' || entry.sender === null ? [] : [entry.sender],
  )
  return [...new Set(senders.filter(({ role }) => role !== 'system').map(who))]
}

/** The first goes beside the time, the others below. */
function linesOf(entry: Entry, time: LocalTime): readonly string[] {
  switch (entry.kind) {
    case 'message': {
      const [first = '', ...further] = severalLines(bodyText(entry.body, ({ at }) => time.moment(at)))
      const changed = entry.rewritten === true ? ['(words changed by the service)'] : []
      return [`${who(entry.sender)}: ${first}`, ...further, ...changed, ...deliveryNote(entry.delivery, time)]
    }
    case 'attachment':
      return [
        `${who(entry.sender)} sent ${entry.files.length === 1 ? 'a file' : `${String(entry.files.length)} files`}`,
        ...entry.files.map(({ name, status }) => `${oneLine(name)} (${status})`),
      ]
    case 'event': {
      const { event, sender, detail } = entry
      return [`-- ${eventSentence(event, sender && who(sender), detail === null ? null : oneLine(detail))}`]
    }
    case 'gap':
      return [
        `-- ${String(entry.count)} arrived while the agent was offline, ${time.moment(entry.from)} to ${time.moment(entry.to)}`,
      ]
    default:
      return unreachable(entry)
  }
}

/** The role comes first: a name cannot pose as another one. */
function who({ role, name }: Sender): string {
  return name === null ? roles[role] : `${roles[role]} ${oneLine(name)}`
}

function deliveryNote(delivery: Delivery | null, time: LocalTime): readonly string[] {
  if (delivery === null) return []
  switch (delivery.state) {
    case 'sent':
      return []
    case 'delivered':
    case 'read':
      return [`(${delivery.state} ${time.clock(delivery.at)})`]
    case 'undelivered':
      return [`(not delivered: ${undeliveredReason(delivery)})`]
    case 'queued':
    case 'sending':
      return ['(not sent yet)']
    case 'failed':
      return [`(not sent: ${oneLine(delivery.reason)})`]
    default:
      return unreachable(delivery)
  }
}
