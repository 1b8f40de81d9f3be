import type { EndReason } from '#shared/link.ts'
import type { LineCalls } from '../participant/participant-line.ts'
import type { ServiceItem } from '../participant/service-item.ts'
import { Arrivals } from './arrivals.ts'
import type { Backoff } from './backoff.ts'
import { CatchUp } from './catch-up.ts'
import { ChainGate } from './chain-gate.ts'
import type { ChatPorts } from './chat-ports.ts'
import type { ChatRecord } from './chat-record.ts'
import { hasLooseEnds } from './entry-facts.ts'
import type { Guides } from './guides.ts'
import { Intake } from './intake.ts'
import type { Outbox } from './outbox.ts'
import type { OwnVoice } from './own-voice.ts'
import type { Receipts } from './receipts.ts'
import { SubscriptionWatch } from './subscription-watch.ts'
import type { Cursor } from './trail.ts'
import type { Typing } from './typing.ts'

export interface IncomingParts {
  readonly record: ChatRecord
  readonly calls: Pick<LineCalls, 'readTranscript'>
  readonly backoff: Backoff
  /** The chat is on screen. */
  readonly isActive: () => boolean
  readonly typing: Typing
  readonly receipts: Receipts
  readonly voice: OwnVoice
  readonly guides: Guides
  /** What the service says of our own messages settles them. */
  readonly outbox: Pick<Outbox, 'claim' | 'readingBegan' | 'readingAsks' | 'readingProves'>
}

export interface IncomingEvents {
  /** The newest end of the conversation is complete. */
  caughtUp(): void
  ended(reason: EndReason): void
  /** The socket keeps things back although its heart beats. */
  silent(): void
  /** Something said that the chat is over for us. */
  doubted(reason: EndReason): void
}

/** Everything the service says in this chat, on the socket and in its transcript. */
export class Incoming {
  readonly #ports: ChatPorts
  readonly #parts: IncomingParts
  readonly #events: IncomingEvents
  readonly #intake: Intake
  readonly #gate: ChainGate
  readonly #catchUp: CatchUp
  readonly #subscription: SubscriptionWatch

  constructor(ports: ChatPorts, parts: IncomingParts, events: IncomingEvents) {
    this.#ports = ports
    this.#parts = parts
    this.#events = events
    this.#subscription = new SubscriptionWatch(ports.clock, {
      doubted: () => this.#catchUp.wantNow(),
      silent: () => {
        ports.note('socket-silent')
        this.#catchUp.reconsider()
        events.silent()
      },
    })
    this.#intake = this.#createIntake()
    this.#catchUp = this.#createCatchUp()
    this.#gate = new ChainGate(() => parts.record.stored.contactId, {
      take: (item) => this.#intake.take([item], 'socket'),
      doubt: () => this.#catchUp.want(),
    })
  }

  item(item: ServiceItem): void {
    this.#subscription.delivered(item)
    this.#gate.item(item)
  }

  /** A message may have come in a form that nobody can read: the transcript has it. */
  unreadable(): void {
    this.#ports.note('frame-unreadable')
    this.#subscription.garbled()
    this.#catchUp.wantNow()
  }

  chain(chainId: string): void {
    this.#gate.chain(chainId)
  }

  /** A new socket is up: what was missed before it has to be read. */
  start(): void {
    this.#subscription.began()
    this.#catchUp.start()
  }

  /** There is no socket: what is said is read every few seconds. */
  unheard(canRead: boolean): void {
    this.#subscription.ended()
    if (canRead) this.#catchUp.unheard()
  }

  stop(): void {
    this.#subscription.ended()
    this.#catchUp.stop()
  }

  /** The rest of the conversation before its tokens go. False when the chat was closed meanwhile. */
  finish(): Promise<boolean> {
    return this.#catchUp.finish()
  }

  /** Something may be missing: read on at once. */
  read(): void {
    this.#catchUp.wantNow()
  }

  /** It came on screen, or left it. */
  attended(): void {
    this.#catchUp.reconsider()
  }

  outageBegan(): void {
    this.#intake.outageBegan()
  }

  /** The service accepted this message of ours and has to repeat it on the socket. */
  expectEcho(serviceId: string): void {
    this.#gate.accepted(serviceId)
    this.#subscription.expectEcho(serviceId)
  }

  #createIntake(): Intake {
    const { record, typing, receipts, voice, guides, outbox } = this.#parts
    const { transcript, time } = record
    const arrivals = new Arrivals({ record, typing, receipts })
    return new Intake(
      { transcript, time, newId: this.#ports.newId, note: this.#ports.note },
      {
        taken: () => {
          voice.look()
          record.touch()
        },
        claim: ({ serviceId, at }, text) => outbox.claim(text, { serviceId, at }),
        heard: (item) => guides.saw(item),
        arrived: (entries, source) => arrivals.arrived(entries, source),
        customerTypes: () => typing.customerTypes(),
        sign: (signId, participantId) => voice.heard(signId, participantId),
        doubt: () => this.#catchUp.want(),
        ended: (reason) => this.#events.ended(reason),
        outsider: (reason) => this.#events.doubted(reason),
        historyGrew: () => {
          // Should the app stop before it is read, the next start reads all of it.
          record.update({ lastServiceId: null })
          this.#catchUp.wantHistory()
        },
        named: (found) => arrivals.named(found),
      },
    )
  }

  #createCatchUp(): CatchUp {
    const { clock, random, note } = this.#ports
    const { record, calls, backoff, voice, outbox, isActive } = this.#parts
    const isSilent = () => this.#subscription.isSilent
    return new CatchUp(
      { calls, clock, random, note, backoff, isActive, isSilent },
      {
        began: () => outbox.readingBegan(),
        asked: () => outbox.readingAsks(),
        proven: () => outbox.readingProves(),
        hasLooseEnds: (upTo) => hasLooseEnds(record.transcript.entries, upTo),
        page: (items, source) => {
          this.#subscription.read(items)
          this.#gate.read(items)
          return this.#intake.take(items, source)
        },
        recentDone: (isCurrent) => {
          if (!isCurrent) return
          this.#subscription.readToEnd()
          this.#gate.readToEnd()
          this.#intake.outageOver()
          this.#events.caughtUp()
        },
        complete: (at) => record.completeUpTo(at ?? record.time.latest),
        done: ({ serviceId }) => {
          voice.readWhole()
          if (serviceId !== record.stored.lastServiceId) record.update({ lastServiceId: serviceId })
        },
        historyRead: () => this.#intake.historyRead(),
      },
      storedCursor(record),
    )
  }
}

/** A place that is no longer known proves nothing: all of it is read again. */
function storedCursor({ stored, transcript }: ChatRecord): Cursor | null {
  const last = stored.lastServiceId === null ? undefined : transcript.byServiceId(stored.lastServiceId)
  return last === undefined ? null : { serviceId: stored.lastServiceId, at: last.at }
}
