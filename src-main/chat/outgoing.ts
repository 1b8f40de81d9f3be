import { countCharacters } from '#shared/characters.ts'
import { DeskError } from '#shared/failure.ts'
import type { LineCalls } from '../participant/participant-line.ts'
import type { OutboxMessage } from '../store/conversation-store.ts'
import type { Backoff } from './backoff.ts'
import type { ChatPorts } from './chat-ports.ts'
import type { ChatRecord } from './chat-record.ts'
import { drained } from './drained.ts'
import { Outbox } from './outbox.ts'
import { PlainWords } from './plain-words.ts'
import { findSent, floorOf, ownEntryId, pendingEntry } from './own-message.ts'

export interface OutgoingParts {
  readonly record: ChatRecord
  readonly calls: Pick<LineCalls, 'sendMessage'>
  readonly backoff: Backoff
  readonly maxCharacters: () => number
  /** A message is leaving: the state of the socket has become urgent. */
  readonly leaving: () => void
  readonly accepted: (serviceId: string) => void
  readonly proofNeeded: () => void
}

export interface OutgoingText {
  readonly text: string
  readonly contentType: string
  /** What stays in the composer. */
  readonly draft?: string | undefined
}

/** Own messages, from the keyboard to their place in the conversation. */
export class Outgoing {
  readonly outbox: Outbox
  readonly #ports: ChatPorts
  readonly #parts: OutgoingParts
  readonly #plainWords: PlainWords
  #arriving = 0

  constructor(ports: ChatPorts, parts: OutgoingParts) {
    this.#ports = ports
    this.#parts = parts
    this.#plainWords = new PlainWords(ports.newId)
    this.outbox = this.#createOutbox()
  }

  restore(messages: readonly OutboxMessage[]): void {
    const { transcript } = this.#parts.record
    this.outbox.restore(messages)
    for (const message of messages) transcript.add(pendingEntry(message, transcript.ownId))
  }

  /** Resolves once the message is safe on the disk. Rejects, with nothing queued, when it cannot be. */
  async send({ text, contentType, draft }: OutgoingText): Promise<{ entryId: string }> {
    this.#requireSendable(text)
    const { record } = this.#parts
    const message: OutboxMessage = {
      chatId: record.stored.chatId,
      entryId: ownEntryId(this.#ports.newId),
      clientToken: this.#ports.newId(),
      contentType: this.#plainWords.contentTypeFor(contentType),
      content: text,
      queuedAt: this.#ports.clock.now(),
      seq: record.transcript.nextSeq(),
      state: { state: 'queued' },
    }
    this.#arriving += 1
    try {
      await this.outbox.add(message, draft)
    } finally {
      this.#arriving -= 1
    }
    return { entryId: message.entryId }
  }

  /** Sends a failed message again, after everything typed since. */
  async retry(entryId: string): Promise<void> {
    const { record } = this.#parts
    const failed = this.outbox.failedMessage(entryId)
    if (failed === null) throw new DeskError('not-found', 'This message is no longer waiting.')
    const seq = record.transcript.nextSeq()
    const message: OutboxMessage = { ...failed, seq, state: { state: 'queued' } }
    await this.#ports.store.enqueue(message)
    if (!this.outbox.retry(message)) return
    record.transcript.requeue(entryId, { at: this.#ports.clock.now(), seq })
    record.touch()
    this.outbox.pump()
  }

  /** Takes back what has surely not left. */
  discard(entryId: string): Promise<void> {
    this.outbox.discard(entryId)
    this.#parts.record.transcript.remove(entryId)
    this.#parts.record.settle(entryId)
    return this.#parts.record.written()
  }

  /** Rejects when the outbox does not empty within some seconds. */
  async drained(): Promise<void> {
    if (await drained(this.#ports.clock, () => this.#isEmpty)) return
    const waiting = Math.max(1, this.outbox.waiting)
    const who = waiting === 1 ? '1 message is' : `${waiting} messages are`
    throw new DeskError('conflict', `${who} still waiting to be sent. The chat goes on until then.`)
  }

  /** Nothing is waiting, nor on its way to the disk to wait. */
  get #isEmpty(): boolean {
    return this.outbox.waiting === 0 && this.#arriving === 0
  }

  #requireSendable(text: string): void {
    const limit = this.#parts.maxCharacters()
    const characters = countCharacters(text)
    if (characters === 0) throw new DeskError('bad-input', 'The message is empty.')
    if (characters > limit) {
      throw new DeskError('too-long', `The message has ${characters} characters. ${limit} are allowed.`)
    }
  }

  #createOutbox(): Outbox {
    const { clock, store, note } = this.#ports
    const { record, calls, backoff, leaving, proofNeeded } = this.#parts
    const { transcript, time } = record
    return new Outbox(
      {
        clock,
        store,
        note,
        backoff,
        floor: (seq) => floorOf(transcript, seq),
        latestServiceTime: () => time.latest,
        findSent: (message, floor) => findSent(transcript, message, floor),
        instead: (message, refusal) => this.#plainWords.instead(message, refusal),
        send: ({ contentType, content, clientToken }, call) => {
          leaving()
          return calls.sendMessage({ contentType, content, clientToken }, call)
        },
      },
      {
        queued: (message) => {
          transcript.add(pendingEntry(message, transcript.ownId))
          record.touch()
        },
        replaced: (message) => {
          transcript.add(pendingEntry(message, transcript.ownId))
          record.touch()
        },
        leaving: ({ entryId }) => {
          transcript.deliver(entryId, { state: 'sending' })
          record.touch()
        },
        delayed: ({ entryId }, { code }) => {
          transcript.deliver(entryId, { state: 'sending', trouble: code })
          record.touch()
        },
        accepted: (message, accepted) => {
          const { entryId } = message
          this.#plainWords.accepted(message)
          time.saw(accepted.at)
          transcript.acknowledge(entryId, accepted)
          const { at, undelivered: why } = accepted
          if (why !== undefined) transcript.deliver(entryId, { state: 'undelivered', at, why })
          if (record.stored.firstReplyAt === null) record.update({ firstReplyAt: clock.now() })
          record.settle(entryId)
          this.#parts.accepted(accepted.serviceId)
        },
        failed: ({ entryId }, failure) => {
          transcript.deliver(entryId, { state: 'failed', code: failure.code, reason: failure.message })
          record.touch()
        },
        proofNeeded,
      },
    )
  }
}
