import type { Entry } from '#shared/entry.ts'
import type { ParticipantLine } from '../participant/participant-line.ts'
import type { JournaledUpload, OutboxMessage } from '../store/conversation-store.ts'
import { Arrivals } from './arrivals.ts'
import type { Cursor } from './backfill.ts'
import type { Backoff } from './backoff.ts'
import { createBackoff } from './backoff.ts'
import { CatchUp } from './catch-up.ts'
import type { ChatPorts, ChatStart } from './chat-ports.ts'
import { ChatRecord } from './chat-record.ts'
import type { Stop } from './clock.ts'
import { EchoWatch } from './echo-watch.ts'
import { Intake } from './intake.ts'
import type { LinkState } from './link.ts'
import { restoredLink } from './link.ts'
import { LinkDriver } from './link-driver.ts'
import { Outgoing } from './outgoing.ts'
import { Receipts } from './receipts.ts'
import { watchSleep } from './sleep-watch.ts'
import { Typing } from './typing.ts'
import { UploadQueue } from './upload-queue.ts'
import { defaultUploadLimits } from './upload-rules.ts'

/** What the store had of the chat. */
export interface Stock {
  readonly entries: readonly Entry[]
  readonly outbox: readonly OutboxMessage[]
  readonly uploads: readonly JournaledUpload[]
}

/** A message on its way makes the state of the socket urgent. */
const echoWhileSending = 3000

/** The parts of one conversation and how each reacts to the others. */
export class ChatEngine {
  readonly record: ChatRecord
  readonly line: ParticipantLine
  readonly driver: LinkDriver
  readonly outgoing: Outgoing
  readonly uploads: UploadQueue
  readonly receipts: Receipts
  readonly typing: Typing
  isActive = false
  readonly #ports: ChatPorts
  readonly #start: ChatStart
  readonly #backoff: Backoff
  readonly #catchUp: CatchUp
  readonly #intake: Intake
  readonly #echoes: EchoWatch
  #stopSleepWatch: Stop | null = null

  constructor(ports: ChatPorts, start: ChatStart, stock: Stock) {
    this.#ports = ports
    this.#start = start
    this.#backoff = createBackoff(ports.random, ports.backoff)
    this.record = new ChatRecord(ports, start, {
      entries: stock.entries,
      link: () => this.driver.state.link,
      outbox: () => ({ waiting: this.outgoing.outbox.waiting, failed: this.outgoing.outbox.failed }),
      typingUntil: () => this.typing.until,
      takeUploads: () => this.uploads.takeChanged(),
      filesChanged: (files) => this.uploads.appeared(files),
    })
    this.line = this.#openLine()
    const { calls } = this.line
    this.typing = new Typing({
      clock: ports.clock,
      send: () => calls.sendTyping(),
      changed: () => this.record.touch(),
    })
    this.uploads = this.#createUploads()
    this.receipts = new Receipts({ clock: ports.clock, send: (receipt) => calls.sendReceipt(receipt) })
    this.#echoes = new EchoWatch(ports.clock, () => this.#catchUp.want())
    this.#intake = this.#createIntake()
    this.outgoing = new Outgoing(ports, {
      record: this.record,
      calls,
      backoff: this.#backoff,
      maxCharacters: start.maxCharacters,
      leaving: () => this.line.probe(echoWhileSending),
      accepted: (serviceId) => this.#echoes.expect(serviceId),
      proofNeeded: () => this.#catchUp.wantNow(),
    })
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

  #restore({ outbox, uploads }: Stock): void {
    const { entries } = this.record.transcript
    this.outgoing.restore(outbox)
    this.uploads.restore(uploads)
    this.uploads.appeared(entries.flatMap((entry) => (entry.kind === 'attachment' ? entry.files : [])))
    if (this.isEnded) {
      this.outgoing.outbox.finish()
      this.uploads.finish()
    }
    // Whatever the customer said while the app was away was missed as well.
    if (!this.isEnded && entries.length > 0) this.#intake.outageBegan()
  }

  #openLine(): ParticipantLine {
    const events = {
      admitted: () => this.driver.dispatch({ kind: 'admitted' }),
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
    const { record, typing, receipts } = this
    const { transcript, time } = record
    const arrivals = new Arrivals({ record, typing, receipts })
    return new Intake(
      { transcript, time, newId: this.#ports.newId },
      {
        taken: () => record.touch(),
        claim: ({ serviceId, at }, text) => this.outgoing.outbox.claim(text, { serviceId, at }),
        heard: ({ kind, serviceId }) => (kind === 'message' ? this.#echoes.heard(serviceId) : undefined),
        arrived: (entries, source) => arrivals.arrived(entries, source),
        customerTypes: () => this.typing.customerTypes(),
        doubt: () => this.#catchUp.want(),
        ended: (reason) => this.driver.dispatch({ kind: 'ended', reason }),
        outsider: (reason) => this.driver.dispatch({ kind: 'doubted', reason }),
        named: (found) => arrivals.named(found),
      },
    )
  }

  #createUploads(): UploadQueue {
    const { clock, store, newId, files, uploadLimits = defaultUploadLimits } = this.#ports
    return new UploadQueue({
      clock,
      store,
      newId,
      files,
      chatId: this.record.stored.chatId,
      backoff: this.#backoff,
      calls: this.line.calls,
      limits: uploadLimits,
      filesUsed: () => this.record.filesUsed,
      missed: () => this.#catchUp.wantNow(),
      changed: () => this.record.touch(),
    })
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
        began: () => this.outgoing.outbox.readingBegan(),
        page: (items, source) => this.#intake.take(items, source),
        recentDone: (at) => {
          this.#intake.outageOver()
          this.driver.dispatch({ kind: 'caught-up' })
          this.record.proven(at ?? this.record.time.latest)
        },
        done: ({ serviceId }) => {
          this.record.update({ lastServiceId: serviceId })
          this.outgoing.outbox.readingDone()
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
          this.outgoing.outbox.open()
          this.uploads.open()
          this.receipts.open()
        },
        finish: () => void this.#finish(),
        changed: (before) => this.#linkChanged(before),
      },
      restoredLink(this.#start.chat, clock.now()),
    )
  }

  #linkChanged(before: LinkState): void {
    if (before.link.phase === 'live' && !this.driver.isUp) this.#intake.outageBegan()
    this.record.touch()
  }

  #cut(): void {
    this.#catchUp.stop()
    this.outgoing.outbox.shut()
    this.uploads.shut()
    this.receipts.shut()
  }

  /** The whole transcript once more while its tokens still open it; then they go. */
  async #finish(): Promise<void> {
    this.#stopSleepWatch?.()
    this.#cut()
    const { link } = this.driver.state
    if (link.phase !== 'ended') return
    // A token from before may still read; one that never connected has nothing to read with.
    if (this.line.hasToken) await this.#catchUp.finish()
    this.outgoing.outbox.finish()
    this.uploads.finish()
    this.line.forget()
    this.record.update({ endedAt: link.at, endReason: link.reason })
    this.#start.owner.finished()
  }
}
