import type { TranscriptItem } from '../room/transcript-item.ts'
import type { Fault, FaultBoard } from './faults.ts'

export type FrameContacts = Readonly<{ InitialContactId?: string; ContactId?: string }>

/** A client sends and reads text; a `Buffer` goes out as a binary message. */
export type WireFrame = string | Buffer

/** A frame carries JSON inside a string. */
const envelope = (content: string): string =>
  JSON.stringify({ content, contentType: 'application/json', topic: 'aws/chat' })

/** Fields a reader can do without, in the order in which they go missing. */
const dispensable = [
  'DisplayName',
  'InitialContactId',
  'ParticipantRole',
  'ContactId',
  'ParticipantId',
] as const

/** What really goes out for one item, with the faults in force. */
export class FrameMaker {
  readonly #faults: FaultBoard
  #turn = 0

  constructor(faults: FaultBoard) {
    this.#faults = faults
  }

  make(item: TranscriptItem, contacts: FrameContacts, contactIds: readonly string[]): readonly WireFrame[] {
    const scope = { contactIds, operation: 'WebSocket' } as const
    const whole: Record<string, unknown> = { ...item, ...contacts }
    const isBare = this.#faults.take('missing-fields', scope) !== undefined
    const garbling = this.#faults.take('unreadable-frames', scope)
    const legible = envelope(JSON.stringify(isBare ? this.#bare(whole) : whole))
    const frame = garbling === undefined ? legible : garbled(legible, garbling)
    const frames = this.#faults.take('duplicate-frames', scope) ? [frame, frame] : [frame]
    const strangers = this.#faults.take('unknown-types', scope) ? this.#strangers(item, contacts) : []
    return [...(isBare ? [fragment(item)] : []), ...strangers, ...frames]
  }

  #bare(whole: Record<string, unknown>): Record<string, unknown> {
    const turn = this.#turn++
    const missing = dispensable.filter((_, index) => index === turn % dispensable.length || turn % 7 === 6)
    return Object.fromEntries(Object.entries(whole).filter(([name]) => !missing.some((one) => one === name)))
  }

  #strangers(item: TranscriptItem, contacts: FrameContacts): readonly string[] {
    const turn = this.#turn++
    const base = { AbsoluteTime: item.AbsoluteTime, ...contacts }
    const stranger = { ...base, Id: `stranger-${turn}`, Type: 'EVENT' }
    const choices = [
      envelope(
        JSON.stringify({ ...stranger, ContentType: 'application/vnd.amazonaws.connect.event.something.new' }),
      ),
      envelope(JSON.stringify({ ...stranger, Type: 'SOMETHING_NEW', ContentType: 'application/x-new' })),
      JSON.stringify({ topic: 'aws/unknown', content: { any: ['thing', null, 1] } }),
      '',
      'no json at all',
      envelope('{"cut": "short'),
      envelope('null'),
    ]
    return [choices[turn % choices.length] ?? '']
  }
}

/** The start of an item, without an identity: nothing to show, nothing to keep. */
const fragment = (item: TranscriptItem): string =>
  envelope(JSON.stringify({ AbsoluteTime: item.AbsoluteTime, Type: item.Type }))

function garbled(frame: string, { form = 'truncated' }: Fault): WireFrame {
  switch (form) {
    case 'truncated':
      return frame.slice(0, frame.length / 2)
    case 'encoded-twice':
      return JSON.stringify(frame)
    case 'in-list':
      return `[${frame}]`
    case 'over-1-mb':
      return frame + ' '.repeat(1_100_000)
    case 'binary':
      return Buffer.from(frame)
    case 'not-json':
      return `<item>${frame.length}</item>`
  }
}
