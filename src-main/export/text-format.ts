import type { Delivery, Entry, MessageBody, Sender } from '#shared/entry.ts'
import { unreachable } from '#shared/failure.ts'
import type { Template } from '#shared/template.ts'
import { eventSentence } from './event-sentence.ts'
import type { ExportedTranscript, TranscriptFormat, TranscriptHead } from './transcript.ts'

/** For people: a heading, then a line a message in this computer's time zone. */
export const textFormat: TranscriptFormat = { extension: 'txt', typeName: 'Plain text', write }

const indent = '    '
// First strong isolate and its end: what is between cannot turn the line around it.
const isolate = (text: string): string =>
  `\u2068${text.replaceAll(/[\u2066-\u2069\u202a-\u202e]/g, '\ufffd')}\u2069`

function* write({ head, entries }: ExportedTranscript): Generator<string> {
  yield* heading(head, entries.length)
  let day = ''
  for (const entry of entries) {
    const today = new Date(entry.at).toLocaleDateString('en-CA')
    if (today !== day) yield `\n${today}\n`
    day = today
    yield `${clock(entry.at)}  ${line(entry)}\n`
  }
}

function* heading(head: TranscriptHead, count: number): Generator<string> {
  yield `Conversation with ${isolate(head.customer)}\n`
  if (head.contactId !== null) yield `Contact:        ${head.contactId}\n`
  yield `Instance:       ${isolate(head.instance)}${head.queue === null ? '' : `, queue ${isolate(head.queue)}`}\n`
  yield `Started:        ${moment(head.startedAt)}\n`
  if (head.endedAt !== null) yield `Ended:          ${moment(head.endedAt)}\n`
  yield `Complete up to: ${head.completeUpTo === null ? 'not proven' : moment(head.completeUpTo)}\n`
  yield `Exported:       ${moment(head.exportedAt)}\n`
  yield `Entries:        ${String(count)}\n`
}

function line(entry: Entry): string {
  switch (entry.kind) {
    case 'message':
      return `${who(entry.sender)}: ${block(bodyText(entry.body))}${deliveryNote(entry.delivery)}`
    case 'attachment':
      return `${who(entry.sender)}: ${entry.files.map(({ name, status }) => `[file ${isolate(name)}, ${status}]`).join(' ')}`
    case 'event':
      return `-- ${eventSentence(entry.event, entry.sender === null ? null : who(entry.sender), entry.detail)}`
    case 'gap':
      return `-- ${String(entry.count)} messages arrived while the agent was offline, ${clock(entry.from)} to ${clock(entry.to)}`
    default:
      return unreachable(entry)
  }
}

function who(sender: Sender): string {
  if (sender.own) return 'You'
  return isolate(sender.name ?? sender.role)
}

function bodyText(body: MessageBody): string {
  switch (body.kind) {
    case 'text':
    case 'markdown':
    case 'json':
      return body.text
    case 'unknown':
      return body.summary
    case 'template':
      return templateText(body.template)
    default:
      return unreachable(body)
  }
}

function templateText(template: Template): string {
  const title = template.subtitle === null ? template.title : `${template.title}\n${template.subtitle}`
  if ('choices' in template)
    return [title, ...template.choices.map((choice) => `- ${choice.title}`)].join('\n')
  if (template.type === 'Carousel')
    return [title, ...template.cards.map((card) => templateText(card))].join('\n')
  if (template.type === 'TimePicker')
    return [title, ...template.slots.map(({ at }) => `- ${moment(at)}`)].join('\n')
  return title
}

/** Further lines of a message are indented, so that none can pose as a line of its own. */
function block(text: string): string {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((part, index) => (index === 0 ? isolate(part) : `${indent}${isolate(part)}`))
    .join('\n')
}

function deliveryNote(delivery: Delivery | null): string {
  if (delivery === null || delivery.state === 'sent') return ''
  if ('at' in delivery) return ` (${delivery.state} ${clock(delivery.at)})`
  return delivery.state === 'failed' ? ` (not sent: ${delivery.reason})` : ` (${delivery.state})`
}

function clock(time: number): string {
  return new Date(time).toLocaleTimeString('en-GB')
}

function moment(time: number): string {
  return `${new Date(time).toLocaleDateString('en-CA')} ${clock(time)}`
}
