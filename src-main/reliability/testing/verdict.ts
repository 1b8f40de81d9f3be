import type { Entry } from '#shared/entry.ts'
import type { ContactHandle } from '#simulator/contact-handle.ts'

/** How what a chat shows and did differs from what really happened. All zero is the promise. */
export interface Verdict {
  /** The service has it, the chat does not. */
  readonly lost: number
  readonly twice: number
  readonly misordered: number
  /** Shown although the service has nothing of the kind, or shown otherwise than the service has it. */
  readonly untrue: number
  /** Messages of the agent that the service took more than once. */
  readonly appliedTwice: number
  /** Messages of the agent that the service does not have. */
  readonly unsent: number
}

export const spotless: Verdict = { lost: 0, twice: 0, misordered: 0, untrue: 0, appliedTwice: 0, unsent: 0 }

export interface Account {
  readonly entries: readonly Entry[]
  /** What the agent typed, all of it different, in this order. */
  readonly typed: readonly string[]
  /** The agent was shut out: only what came before the last thing shown could be known. */
  readonly isShutOut?: boolean
}

export function judge(contact: ContactHandle, { entries, typed, isShutOut = false }: Account): Verdict {
  const { transcript, clientTokens } = contact.truth()
  const shown = entries.flatMap(({ serviceId }) => (serviceId === null ? [] : [serviceId]))
  const known = new Set(shown)
  const reachable = isShutOut ? transcript.slice(0, 1 + lastIndexIn(transcript, known)) : transcript
  const truth = new Map(transcript.map((item) => [item.Id, item]))
  const own = transcript.filter(
    ({ Type, ParticipantRole }) => Type === 'MESSAGE' && ParticipantRole === 'AGENT',
  )
  const sent = own.map(({ Content }) => Content ?? '')
  const sentOnce = new Set(sent)
  return {
    lost: reachable.filter((item) => !known.has(item.Id) && !isJudgedCard(item, entries)).length,
    twice: shown.length - known.size,
    misordered:
      outOfPlace(
        reachable.map(({ Id }) => Id).filter((id) => known.has(id)),
        shown.filter((id) => truth.has(id)),
      ) +
      outOfPlace(
        typed.filter((text) => sentOnce.has(text)),
        sent,
      ),
    untrue: entries.filter((entry) => !isTrue(entry, truth, sentOnce)).length,
    appliedTwice:
      Object.values(clientTokens).filter((times) => times !== 1).length + sent.length - sentOnce.size,
    unsent: typed.filter((text) => !sentOnce.has(text)).length,
  }
}

export function isSpotless(verdict: Verdict): boolean {
  return Object.values(verdict).every((count) => count === 0)
}

/** Of one file there may be several items; the newest has the last word. */
function lastVerdict(
  { AttachmentId, Status }: NonNullable<Truth[number]['Attachments']>[number],
  truth: ReadonlyMap<string, Truth[number]>,
): string {
  const files = [...truth.values()].flatMap(({ Attachments = [] }) => Attachments)
  return files.findLast((file) => file.AttachmentId === AttachmentId)?.Status ?? Status
}

/** A verdict that came as an item of its own is shown on the card of its file. */
function isJudgedCard({ Attachments = [] }: Truth[number], entries: readonly Entry[]): boolean {
  const files = entries.flatMap((entry) => (entry.kind === 'attachment' ? entry.files : []))
  return (
    Attachments.length > 0 &&
    Attachments.every(({ AttachmentId, Status }) =>
      files.some((file) => file.attachmentId === AttachmentId && wireStatus(file.status) === Status),
    )
  )
}

const kept: ReadonlySet<string> = new Set(['joined', 'left', 'ended', 'transferred'])

type Truth = ReturnType<ContactHandle['truth']>['transcript']

function isTrue(entry: Entry, truth: ReadonlyMap<string, Truth[number]>, sent: ReadonlySet<string>): boolean {
  if (entry.kind === 'gap') return true
  if (entry.serviceId === null) {
    // "Not delivered" is the truth about a message the service does not have.
    const text = textOf(entry)
    return entry.kind === 'message' && entry.delivery?.state === 'failed' && text !== null && !sent.has(text)
  }
  const item = truth.get(entry.serviceId)
  // The service tells of events that it does not keep.
  if (item === undefined && entry.kind === 'event') return !kept.has(entry.event)
  if (item === undefined || item.AbsoluteTime !== new Date(entry.at).toISOString()) return false
  if (item.ParticipantRole !== undefined && entry.sender?.role !== voiceOf(item)) return false
  if (entry.kind === 'attachment') {
    const wanted = item.Attachments?.map((file) => `${file.AttachmentId} ${lastVerdict(file, truth)}`)
    const files = entry.files.map(({ attachmentId, status }) => `${attachmentId} ${wireStatus(status)}`)
    return String(wanted) === String(files)
  }
  if (entry.kind === 'event') return item.Type === 'EVENT'
  // What is not text is shown in another form than it was sent in.
  return textOf(entry) === (isText(item) ? item.Content : null)
}

/** A contact flow speaks as the system, under the name of a bot. */
function voiceOf({ ParticipantRole, DisplayName }: Truth[number]): string | undefined {
  const isBot = ParticipantRole === 'SYSTEM' && DisplayName === 'BOT'
  return isBot ? 'bot' : ParticipantRole?.toLowerCase()
}

const isText = ({ ContentType = '' }: Truth[number]): boolean => textTypes.has(ContentType)
const textTypes: ReadonlySet<string> = new Set(['text/plain', 'text/markdown', 'application/json'])

const wireStatus = (status: string): string => status.toUpperCase().replace('-', '_')

function textOf(entry: Entry): string | null {
  return entry.kind === 'message' && 'text' in entry.body ? entry.body.text : null
}

function lastIndexIn(transcript: Truth, known: ReadonlySet<string>): number {
  return transcript.findLastIndex(({ Id }) => known.has(Id))
}

function outOfPlace(expected: readonly string[], actual: readonly string[]): number {
  return actual.filter((id, index) => expected[index] !== id).length
}
