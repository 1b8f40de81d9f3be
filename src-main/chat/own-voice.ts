import type { Entry } from '#shared/entry.ts'
import type { ChatRecord } from './chat-record.ts'
import type { Clock } from './clock.ts'

const mostRemembered = 100
/** The service tells its time in whole seconds, and its machines need not agree to the millisecond. */
const slack = 2000

/**
 * Finds out which participant we are: a token does not say. Taken for proof is only what the service can have said of
 * nobody else: the echo of a sign that we gave, under the id that it got when we gave it; and the one agent who joined
 * while we did, when there is no other agent we could be.
 */
export class OwnVoice {
  readonly #clock: Clock
  readonly #record: Pick<ChatRecord, 'transcript' | 'touch'>
  readonly #given = new Set<string>()
  readonly #heard = new Map<string, string>()
  #dialledAt: number | null = null
  #isAdmitted = false
  #isWhole = false
  #joined: { readonly from: number; readonly to: number } | null = null

  constructor(clock: Clock, record: Pick<ChatRecord, 'transcript' | 'touch'>) {
    this.#clock = clock
    this.#record = record
  }

  /** The service is asked to let us in. */
  dialling(): void {
    this.#dialledAt ??= this.#clock.uptime()
  }

  admitted(): void {
    this.#isAdmitted = true
  }

  /** The first time it tells after letting us in says when that was, whatever our own clock says. */
  serviceTime(at: number): void {
    if (!this.#isAdmitted || this.#dialledAt === null) return
    const took = Math.max(0, this.#clock.uptime() - this.#dialledAt)
    this.#joined ??= { from: at - took - slack, to: at + slack }
  }

  /** The service took a sign of ours and gave it this id. */
  gave(serviceId: string): void {
    if (this.#isKnown) return
    const heard = this.#heard.get(serviceId)
    if (heard !== undefined) this.#learn(heard)
    remember(this.#given, serviceId)
  }

  /** The service told everyone of a sign that this participant gave. It may come before our answer. */
  heard(serviceId: string, participantId: string): void {
    if (this.#isKnown) return
    if (this.#given.has(serviceId)) return this.#learn(participantId)
    this.#heard.set(serviceId, participantId)
    forgetOldest(this.#heard)
  }

  /** The conversation was read whole, after we were let in. */
  readWhole(): void {
    this.#isWhole = true
    this.look()
  }

  /** Something was added to the conversation. */
  look(): void {
    if (this.#isKnown || !this.#isWhole || this.#joined === null) return
    const [joined, ...others] = agentsPresent(this.#record.transcript.entries, this.#joined)
    if (joined?.isNew === true && others.length === 0) this.#learn(joined.participantId)
  }

  get #isKnown(): boolean {
    return this.#record.transcript.ownId !== null
  }

  #learn(participantId: string): void {
    this.#heard.clear()
    this.#record.transcript.learnOwn(participantId)
    this.#record.touch()
  }
}

interface Presence {
  readonly participantId: string
  /** Joined in the time in question. */
  readonly isNew: boolean
}

/** All on this side of the conversation who have not left it. */
function agentsPresent(
  entries: readonly Entry[],
  { from, to }: { readonly from: number; readonly to: number },
): readonly Presence[] {
  const present = new Map<string, Presence>()
  for (const entry of entries) {
    if (entry.kind === 'gap' || entry.previousContactId !== null || entry.sender === null) continue
    const { role, participantId } = entry.sender
    if (participantId === null || (role !== 'agent' && role !== 'supervisor')) continue
    const hasLeft = entry.kind === 'event' && entry.event === 'left'
    const joinedNow = entry.kind === 'event' && entry.event === 'joined' && entry.at >= from && entry.at <= to
    if (hasLeft) present.delete(participantId)
    else present.set(participantId, { participantId, isNew: joinedNow || isNew(present, participantId) })
  }
  return [...present.values()]
}

function isNew(present: ReadonlyMap<string, Presence>, participantId: string): boolean {
  return present.get(participantId)?.isNew ?? false
}

function remember(ids: Set<string>, id: string): void {
  ids.add(id)
  forgetOldest(ids)
}

function forgetOldest(known: Set<string> | Map<string, string>): void {
  const oldest = known.keys().next()
  if (known.size > mostRemembered && oldest.done !== true) known.delete(oldest.value)
}
