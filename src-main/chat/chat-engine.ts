import type { Entry } from '#shared/entry.ts'
import type { ParticipantLine } from '../participant/participant-line.ts'
import type { OutboxMessage } from '../store/conversation-store.ts'
import type { Cursor } from './backfill.ts'
import type { Backoff } from './backoff.ts'
import { createBackoff } from './backoff.ts'
import { CatchUp } from './catch-up.ts'
import type { ChatPorts, ChatStart } from './chat-ports.ts'
import { ChatRecord } from './chat-record.ts'
import { isFromCustomer } from './chat-summary.ts'
import type { Stop } from './clock.ts'
import { Intake } from './intake.ts'
import type { LinkState } from './link.ts'
import { initialLink } from './link.ts'
import { LinkDriver } from './link-driver.ts'
import { Outbox } from './outbox.ts'
import { findSent, floorOf, pendingEntry } from './own-message.ts'
import { Receipts } from './receipts.ts'
import { watchSleep } from './sleep-watch.ts'
import type { Source } from './transcript.ts'
import { Typing } from './typing.ts'

/** What the store had of the chat. */
export interface Stock {
  readonly entries: readonly Entry[]
  readonly outbox: readonly OutboxMessage[]
}

/** A message on its way makes the state of the socket urgent. */
const echoWhileSending = 3000
const placeholderNames: ReadonlySet<string> = new Set(['', 'Customer'])

/** The parts of one conversation and how each reacts to the others. */
export class ChatEngine {
  readonly record: ChatRecord
  readonly line: ParticipantLine
  readonly driver: LinkDriver
  readonly outbox: Outbox
  readonly receipts: Receipts
  readonly typing: Typing
  isActive = false
  readonly #ports: ChatPorts
  readonly #start: ChatStart
  readonly #backoff: Backoff
  readonly #catchUp: CatchUp
  readonly #intake: Intake
  #stopSleepWatch: Stop | null = null

  constructor(ports: ChatPorts, start: ChatStart, stock: Stock) {
    this.#ports = ports
    this.#start = start
    this.#backoff = createBackoff(ports.random, ports.backoff)
    this.record = new ChatRecord(ports, start, {
      entries: stock.entries,
      link: () => this.driver.state.link,
      outbox: () => ({ waiting: this.outbox.waiting, failed: this.outbox.failed }),
      typingUntil: () => this.typing.until,
      takeUploads: () => null,
    })
    this.line = this.#openLine()
    const { calls } = this.line
    this.typing = new Typing({
      clock: ports.clock,
      send: () => calls.sendTyping(),
      changed: () => this.record.touch(),
    })
    this.receipts = new Receipts({ clock: ports.clock, send: (receipt) => calls.sendReceipt(receipt) })
    this.#intake = this.#createIntake()
    this.outbox = this.#createOutbox()
    this.#catchUp = this.#createCatchUp()
    this.driver = this.#createDriver()
    this.#restore(stock)
  }

  get isEnded(): boolean {
    return this.driver.state.link.phase === 'ended'
  }

  open(): void {
    this.record.touch()
    if (this.isEnded) return
    this.#stopSleepWatch = watchSleep(this.#ports.clock, () => this.driver.dispatch({ kind: 'resumed' }))
    this.driver.dispatch({ kind: 'start' })
  }

  async close(): Promise<void> {
    this.#cut()
    this.#stopSleepWatch?.()
    this.driver.stop()
    this.line.forget()
    await this.record.written()
  }

  #restore({ outbox }: Stock): void {
    const { transcript } = this.record
    this.outbox.restore(outbox)
    for (const message of outbox) transcript.add(pendingEntry(message, transcript.ownId))
    if (this.isEnded) this.outbox.finish()
    // Whatever the customer said while the app was away was missed as well.
    else if (transcript.entries.length > 0) this.#intake.outageBegan()
  }

  #openLine(): ParticipantLine {
    const events = {
      up: () => this.driver.dispatch({ kind: 'up' }),
      item: (item) => this.#intake.take([item], 'socket'),
      alive: () => this.#alive(),
      down: (failure) => this.driver.dispatch({ kind: 'down', failure }),
      refused: (failure) => this.driver.dispatch({ kind: 'refused', failure }),
      serviceTime: (at) => this.record.time.told(at),
    } satisfies Parameters<ChatPorts['openLine']>[0]
    return this.#ports.openLine(events, () => this.isActive)
  }

  /** Everything sent before the echo has arrived, unless something is known to be missing. */
  #alive(): void {
    if (this.driver.state.link.phase === 'live' && !this.#catchUp.isDoubtful)
      this.record.proven(this.record.time.now())
  }

  #createIntake(): Intake {
    const { transcript, time } = this.record
    return new Intake(
      { transcript, time, newId: this.#ports.newId },
      {
        claim: ({ serviceId, at }, text) => this.outbox.claim(text, { serviceId, at }),
        arrived: (entries, source) => this.#arrived(entries, source),
        customerTypes: () => this.typing.customerTypes(),
        doubt: () => this.#catchUp.want(),
        ended: (reason) => this.driver.dispatch({ kind: 'ended', reason }),
        outsider: (reason) => this.driver.dispatch({ kind: 'doubted', reason }),
        named: (found) => this.#named(found),
      },
    )
  }

  #arrived(entries: readonly Entry[], source: Source): void {
    this.record.touch()
    const spoken = entries.filter(isFromCustomer)
    const newest = spoken.at(-1)
    if (newest === undefined || newest.serviceId === null) return
    if (source === 'socket') this.typing.customerSpoke()
    // History read for the first time: what was answered has been seen.
    const unseen = source === 'older-page' ? unanswered(spoken, this.record.transcript.entries) : spoken
    if (unseen.length > 0) this.record.unseen(unseen)
    if (newest.previousContactId === null) {
      this.receipts.delivered({ messageId: newest.serviceId, at: newest.at })
    }
  }

  #named(found: { readonly contactId: string | null; readonly customer: string | null }): void {
    const { stored } = this.record
    if (stored.contactId === null && found.contactId !== null)
      this.record.update({ contactId: found.contactId })
    if (found.customer !== null && placeholderNames.has(stored.customer)) {
      this.record.update({ customer: found.customer })
    }
  }

  #createOutbox(): Outbox {
    const { clock, store, note } = this.#ports
    const { transcript, time } = this.record
    return new Outbox(
      {
        clock,
        store,
        note,
        backoff: this.#backoff,
        floor: (seq) => floorOf(transcript, seq),
        latestServiceTime: () => time.latest,
        findSent: (message, floor) => findSent(transcript, message, floor),
        send: ({ contentType, content, clientToken }, signal) => {
          this.line.probe(echoWhileSending)
          return this.line.calls.sendMessage({ contentType, content, clientToken }, { signal })
        },
      },
      {
        leaving: ({ entryId }) => {
          transcript.deliver(entryId, { state: 'sending' })
          this.record.touch()
        },
        accepted: ({ entryId }, accepted) => {
          time.saw(accepted.at)
          transcript.acknowledge(entryId, accepted)
          if (this.record.stored.firstReplyAt === null) this.record.update({ firstReplyAt: clock.now() })
          this.record.settle(entryId)
        },
        failed: ({ entryId }, failure) => {
          transcript.deliver(entryId, { state: 'failed', code: failure.code, reason: failure.message })
          this.record.touch()
        },
        proofNeeded: () => this.#catchUp.wantNow(),
      },
    )
  }

  #createCatchUp(): CatchUp {
    const { clock, note } = this.#ports
    const { transcript, stored } = this.record
    const last = stored.lastServiceId === null ? undefined : transcript.byServiceId(stored.lastServiceId)
    // A place that is no longer known proves nothing: read all of it again.
    const cursor: Cursor | null = last === undefined ? null : { serviceId: stored.lastServiceId, at: last.at }
    return new CatchUp(
      { calls: this.line.calls, clock, note, backoff: this.#backoff },
      {
        began: () => this.outbox.readingBegan(),
        page: (items, source) => this.#intake.take(items, source),
        recentDone: (at) => {
          this.#intake.outageOver()
          this.driver.dispatch({ kind: 'caught-up' })
          this.record.proven(at ?? this.record.time.latest)
        },
        done: ({ serviceId }) => {
          this.record.update({ lastServiceId: serviceId })
          this.outbox.readingDone()
        },
      },
      cursor,
    )
  }

  #createDriver(): LinkDriver {
    const { clock, note } = this.#ports
    return new LinkDriver(
      { clock, note, backoff: this.#backoff, line: this.line },
      {
        cut: () => this.#cut(),
        catchUp: () => {
          this.#catchUp.start()
          this.outbox.open()
          this.receipts.open()
        },
        finish: () => void this.#finish(),
        changed: (before) => this.#linkChanged(before),
      },
      restoredLink(this.#start, clock.now()),
    )
  }

  #linkChanged(before: LinkState): void {
    if (before.link.phase === 'live' && !this.driver.isUp) this.#intake.outageBegan()
    this.record.touch()
  }

  #cut(): void {
    this.#catchUp.stop()
    this.outbox.shut()
    this.receipts.shut()
  }

  /** The whole transcript once more while its tokens still open it; then they go. */
  async #finish(): Promise<void> {
    this.#stopSleepWatch?.()
    this.#cut()
    const { link } = this.driver.state
    if (link.phase !== 'ended') return
    if (link.reason !== 'rejected') await this.#catchUp.finish()
    this.outbox.finish()
    this.line.forget()
    this.record.update({ endedAt: link.at, endReason: link.reason })
    this.#start.owner.finished()
  }
}

function restoredLink(start: ChatStart, now: number): LinkState {
  const { endedAt, endReason } = start.chat
  const fresh = initialLink(now)
  if (endedAt === null) return fresh
  const reason =
    endReason === 'left' || endReason === 'transferred' || endReason === 'rejected' ? endReason : 'completed'
  return { ...fresh, link: { phase: 'ended', at: endedAt, reason } }
}

/** Of what the customer said, the part after anybody's last answer. */
function unanswered(spoken: readonly Entry[], all: readonly Entry[]): readonly Entry[] {
  const answer = all.findLast(
    (entry) =>
      entry.kind === 'message' && (entry.sender.role === 'agent' || entry.sender.role === 'supervisor'),
  )
  return spoken.filter(
    (entry) => entry.previousContactId === null && (answer === undefined || entry.at > answer.at),
  )
}
