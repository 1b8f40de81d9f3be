import type { Entry } from '#shared/entry.ts'
import type { Accepted } from '../participant/participant-api.ts'
import type { ParticipantLine } from '../participant/participant-line.ts'
import type { JournaledUpload, OutboxMessage } from '../store/conversation-store.ts'
import type { Backoff } from './backoff.ts'
import { createBackoff } from './backoff.ts'
import type { ChatPorts, ChatStart } from './chat-ports.ts'
import { ChatRecord } from './chat-record.ts'
import type { Stop } from './clock.ts'
import { Departure } from './departure.ts'
import { Guides } from './guides.ts'
import { Incoming } from './incoming.ts'
import type { LinkState } from './link.ts'
import { restoredLink } from './link.ts'
import { LinkDriver } from './link-driver.ts'
import { Outgoing } from './outgoing.ts'
import { OwnVoice } from './own-voice.ts'
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
  readonly guides: Guides
  readonly departure: Departure
  #isActive = false
  readonly #ports: ChatPorts
  readonly #start: ChatStart
  readonly #backoff: Backoff
  readonly #incoming: Incoming
  readonly #voice: OwnVoice
  #stopSleepWatch: Stop | null = null
  #canCall = false

  constructor(ports: ChatPorts, start: ChatStart, stock: Stock) {
    this.#ports = ports
    this.#start = start
    this.#backoff = createBackoff(ports.random, ports.backoff)
    this.record = new ChatRecord(ports, start, {
      entries: stock.entries,
      link: () => this.driver.state.link,
      outbox: () => ({ waiting: this.outgoing.outbox.waiting, failed: this.outgoing.outbox.failed }),
      typingUntil: () => this.typing.until,
      uploads: () => this.uploads.list(),
      takeUploads: () => this.uploads.takeChanged(),
      filesChanged: (files) => this.uploads.appeared(files),
    })
    this.#voice = new OwnVoice(ports.clock, this.record)
    this.line = this.#openLine()
    const [{ calls }, { clock }] = [this.line, ports]
    this.guides = new Guides(calls)
    const changed = () => this.record.touch()
    this.typing = new Typing({ clock, send: () => this.#give(calls.sendTyping()), changed })
    this.uploads = this.#createUploads()
    this.receipts = new Receipts({ clock, send: (receipt) => this.#give(calls.sendReceipt(receipt)) })
    this.outgoing = new Outgoing(ports, {
      record: this.record,
      calls,
      backoff: this.#backoff,
      maxCharacters: () => start.maxCharacters,
      leaving: () => this.line.probe(echoWhileSending),
      accepted: (serviceId) => this.#incoming.expectEcho(serviceId),
      proofNeeded: () => this.#incoming.read(),
    })
    this.departure = this.#createDeparture()
    this.#incoming = this.#createIncoming()
    this.driver = this.#createDriver()
    this.#restore(stock)
  }

  /** A chat on screen comes before the others in everything that has to wait its turn, and is read more often. */
  setActive(isActive: boolean): void {
    this.#isActive = isActive
    this.#incoming.attended()
  }

  /** Calls work, whatever the socket does. */
  get canCall(): boolean {
    return this.#canCall
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
    await this.record.close()
  }

  #restore({ outbox, uploads }: Stock): void {
    const { entries } = this.record.transcript
    this.outgoing.restore(outbox)
    this.uploads.restore(uploads)
    for (const { attachmentId, bytes } of uploads) {
      if (attachmentId !== null) this.record.transcript.measured(attachmentId, bytes)
    }
    this.uploads.appeared(entries.flatMap((entry) => (entry.kind === 'attachment' ? entry.files : [])))
    if (this.isEnded) {
      this.outgoing.outbox.finish()
      this.uploads.finish()
    }
    // Whatever the customer said while the app was away was missed as well.
    if (!this.isEnded && entries.length > 0) this.#incoming.outageBegan()
  }

  #openLine(): ParticipantLine {
    const events = {
      admitted: () => {
        this.#voice.admitted()
        this.driver.dispatch({ kind: 'admitted' })
      },
      callable: () => this.#callable(),
      up: () => this.driver.dispatch({ kind: 'up' }),
      item: (item) => this.#incoming.item(item),
      unreadable: () => this.#incoming.unreadable(),
      chain: (chainId) => this.#incoming.chain(chainId),
      down: (failure, socket) => this.driver.dispatch({ kind: 'down', failure, socket }),
      refused: (failure) => this.driver.dispatch({ kind: 'refused', failure }),
      reachable: () => this.driver.dispatch({ kind: 'reachable' }),
      serviceTime: (at) => {
        this.record.time.told(at)
        this.#voice.serviceTime(at)
      },
    } satisfies Parameters<ChatPorts['openLine']>[0]
    return this.#ports.openLine(events, () => this.#isActive)
  }

  /** What the service names on our behalf comes back under that name, with ours beside it. */
  async #give(sign: Promise<Accepted>): Promise<void> {
    this.#voice.gave((await sign).serviceId)
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
      measured: (attachmentId, bytes) => this.record.transcript.measured(attachmentId, bytes),
      missed: () => this.#incoming.read(),
      changed: () => this.record.touch(),
    })
  }

  #createIncoming(): Incoming {
    const { record, typing, receipts, guides } = this
    const voice = this.#voice
    const { outbox } = this.outgoing
    const [backoff, isActive] = [this.#backoff, () => this.#isActive] as const
    return new Incoming(
      this.#ports,
      { record, typing, receipts, voice, guides, outbox, backoff, isActive, calls: this.line.calls },
      {
        silent: () => this.line.replaceSocket(),
        caughtUp: () => {
          this.driver.dispatch({ kind: 'caught-up' })
          if (!this.#canCall) this.#openCalls()
        },
        ended: (reason) => this.departure.ended(reason),
        doubted: (reason) => this.departure.doubted(reason),
      },
    )
  }

  #createDeparture(): Departure {
    const { clock, newId } = this.#ports
    const disconnect = (clientToken: string) => this.line.calls.disconnect(clientToken)
    return new Departure(
      { clock, newId, backoff: this.#backoff, disconnect, isOut: () => this.isEnded },
      {
        ended: (reason) => this.driver.dispatch({ kind: 'ended', reason }),
        doubted: (reason) => this.driver.dispatch({ kind: 'doubted', reason }),
      },
    )
  }

  #createDriver(): LinkDriver {
    const { clock, note } = this.#ports
    return new LinkDriver(
      { clock, note, backoff: this.#backoff, line: this.line },
      {
        dialling: () => this.#voice.dialling(),
        unheard: () => {
          this.departure.forget()
          this.#incoming.unheard(this.line.hasToken)
        },
        cut: () => this.#cutCalls(),
        catchUp: () => {
          this.#incoming.start()
          this.#openCalls()
        },
        finish: () => void this.#finish(),
        changed: (before) => this.#linkChanged(before),
      },
      restoredLink(this.#start.chat, clock.now()),
    )
  }

  #linkChanged(before: LinkState): void {
    if (before.link.phase === 'live' && !this.driver.isUp) this.#incoming.outageBegan()
    this.record.touch()
  }

  #callable(): void {
    if (this.isEnded) return
    if (!this.#canCall) this.#openCalls()
    if (this.driver.isUp) return
    this.driver.dispatch({ kind: 'callable' })
    this.#incoming.unheard(true)
  }

  /** Nothing that only needs calls waits for a socket. */
  #openCalls(): void {
    if (this.isEnded || !this.line.hasToken) return
    this.#canCall = true
    this.outgoing.outbox.open()
    this.uploads.open()
    this.receipts.open()
  }

  /** What is under way begins anew, on a connection that is. */
  #cutCalls(): void {
    this.#cut()
    this.#incoming.unheard(this.line.hasToken)
  }

  #cut(): void {
    this.#canCall = false
    this.departure.forget()
    this.#incoming.stop()
    this.outgoing.outbox.shut()
    this.uploads.shut()
    this.receipts.shut()
  }

  /** The rest of the transcript while its tokens still open it; once that is on the disk they go. */
  async #finish(): Promise<void> {
    this.#stopSleepWatch?.()
    this.#cut()
    // A token from before may still read; one that never connected has nothing to read with.
    if (this.line.hasToken && !(await this.#incoming.finish())) return
    const { link } = this.driver.state
    if (link.phase !== 'ended') return
    this.outgoing.outbox.finish()
    this.uploads.finish()
    this.line.forget()
    this.record.update({ endedAt: link.at, endReason: link.reason })
    if (await this.record.kept()) this.#start.owner.finished()
  }
}
