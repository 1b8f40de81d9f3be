import type { Entry, GapEntry, MessageEntry } from '#shared/entry.ts'
import { compareEntries, isPending } from '#shared/entry.ts'
import type { PlacedItem, Receipt } from '../participant/service-item.ts'
import { BotChunks } from './bot-chunks.ts'
import type { DeliveryEvent } from './delivery.ts'
import { advance } from './delivery.ts'
import { EarlyReceipts } from './early-receipts.ts'
import { acknowledged, asOwn, entryFrom, entryUpdated } from './entry-merge.ts'
import { ownIdIn, referenceOf, toldBy } from './entry-facts.ts'
import { FilePlaces } from './file-places.ts'
import { OrderedEntries } from './ordered-entries.ts'
import { keepPageOrder } from './page-order.ts'

/** Where items come from decides where they go among others of the same millisecond. */
export type Source =
  /** As they happen, in any order. */
  | 'socket'
  /** A transcript page, oldest first, newer than what was read before. */
  | 'newer-page'
  /** A transcript page, oldest first, older than everything read before. */
  | 'older-page'

/**
 * The entries of one chat. Seeing an item twice, in any order, from any source, is harmless. It decides nothing about
 * time or network, and `takeChanges` tells a mirror all it needs to stay equal.
 */
export class Transcript {
  readonly #entries: OrderedEntries
  readonly #newId: () => string
  readonly #byReference = new Map<string, string>()
  readonly #chunks = new BotChunks()
  readonly #early = new EarlyReceipts()
  readonly #files: FilePlaces
  readonly #sizes = new Map<string, number>()
  #ownId: string | null
  #highSeq = 0
  #lowSeq = 0

  constructor(newId: () => string, start: { entries: readonly Entry[]; ownId: string | null }) {
    this.#newId = newId
    this.#ownId = start.ownId ?? ownIdIn(start.entries)
    const { ownId } = this
    const entries = ownId === null ? start.entries : start.entries.map((entry) => asOwn(entry, ownId))
    this.#entries = new OrderedEntries(entries)
    this.#files = new FilePlaces(this.#entries)
    for (const entry of start.entries) {
      this.#highSeq = Math.max(this.#highSeq, Math.ceil(entry.seq))
      this.#lowSeq = Math.min(this.#lowSeq, Math.floor(entry.seq))
      this.#noteReference(entry)
    }
  }

  get ownId(): string | null {
    return this.#ownId
  }

  get entries(): readonly Entry[] {
    return this.#entries.all
  }

  snapshot(): readonly Entry[] {
    return this.#entries.snapshot()
  }

  get(id: string): Entry | undefined {
    return this.#entries.get(id)
  }

  byServiceId(serviceId: string): Entry | undefined {
    return this.#entries.byServiceId(serviceId)
  }

  indexOf(entry: Entry): number {
    return this.#entries.indexOf(entry)
  }

  nextSeq(): number {
    this.#highSeq += 1
    return this.#highSeq
  }

  /** Adds or updates by service id. Returns what is new, oldest first. */
  merge(items: readonly PlacedItem[], source: Source): readonly Entry[] {
    const added: Entry[] = []
    const isOlder = source === 'older-page'
    for (const item of isOlder ? items.toReversed() : items) {
      const entry = this.#mergeOne(item, isOlder)
      if (entry !== null) added.push(entry)
    }
    if (source !== 'socket') keepPageOrder(this.#entries, items)
    return isOlder ? added.reverse() : added
  }

  add(entry: MessageEntry | GapEntry): void {
    this.#highSeq = Math.max(this.#highSeq, Math.ceil(entry.seq))
    this.#entries.put(entry)
  }

  remove(id: string): void {
    this.#entries.remove(id)
  }

  /** The service named our message. Its echo may already be here: the socket can beat the answer. */
  acknowledge(id: string, { serviceId, at }: { serviceId: string; at: number }): MessageEntry | null {
    const entry = this.#entries.get(id)
    if (entry?.kind !== 'message') return null
    const echo = this.#entries.byServiceId(serviceId)
    if (echo !== undefined && echo.id !== id) this.#entries.remove(echo.id)
    const named = acknowledged(entry, { serviceId, at, echo })
    this.#entries.put(named)
    if (named.sender.participantId !== null) this.learnOwn(named.sender.participantId)
    this.#applyEarlyReceipts(serviceId)
    const current = this.#entries.get(id)
    return current?.kind === 'message' ? current : named
  }

  deliver(id: string, event: DeliveryEvent): void {
    const entry = this.#entries.get(id)
    if (entry?.kind !== 'message' || entry.delivery === null) return
    const delivery = advance(entry.delivery, event)
    if (delivery !== entry.delivery) this.#entries.put({ ...entry, delivery })
  }

  /** A retried message is typed anew as far as the order is concerned. */
  requeue(id: string, { at, seq }: { at: number; seq: number }): void {
    const entry = this.#entries.get(id)
    if (entry?.kind !== 'message' || entry.delivery?.state !== 'failed') return
    this.#entries.put({ ...entry, at, seq, delivery: advance(entry.delivery, { state: 'retried' }) })
  }

  /** The newest id that was seen implies all before it. */
  receive(receipts: readonly Receipt[]): void {
    for (const receipt of receipts) {
      const entry = this.#entries.byServiceId(receipt.messageId)
      const isOurs = entry?.kind === 'message' && entry.sender.own
      if (isOurs && receipt.recipientId !== this.#ownId) this.#markUpTo(entry, receipt)
      else if (entry === undefined || this.#ownId === null) this.#early.keep(receipt)
    }
  }

  /** The size of a file we send, which the service does not tell. Whoever it names beside that file is us. */
  measured(attachmentId: string, bytes: number): void {
    this.#sizes.set(attachmentId, bytes)
  }

  /** From now on this voice is ours, in the past as well. */
  learnOwn(participantId: string): void {
    if (this.#ownId !== null) return
    this.#ownId = participantId
    for (const entry of this.#entries.all.slice()) {
      const own = asOwn(entry, participantId)
      if (own === entry) continue
      this.#entries.put(own)
      if (own.serviceId !== null) this.#applyEarlyReceipts(own.serviceId)
    }
  }

  /** What happened since it was last asked. */
  takeChanges(): { readonly upserted: readonly Entry[]; readonly removed: readonly string[] } {
    return this.#entries.takeChanges()
  }

  #mergeOne(whole: PlacedItem, isOlder: boolean): Entry | null {
    const item =
      whole.kind === 'attachment' ? this.#files.tellElsewhere(whole, () => this.#seqOf(isOlder)) : whole
    if (item === null) return null
    const known = this.#entries.byServiceId(item.serviceId)
    if (known === undefined) return this.#admit(item, isOlder)
    const isMessage = known.kind === 'message' && item.kind === 'message'
    this.#knowSender(item)
    const grown = isMessage ? this.#chunks.grow(known, item) : entryUpdated(known, item)
    this.#entries.put(this.#ownId === null ? grown : asOwn(grown, this.#ownId))
    this.#files.note(grown)
    if (grown.kind === 'message' && grown.sender.own && grown.sender.participantId !== null) {
      this.learnOwn(grown.sender.participantId)
    }
    if (item.kind === 'message') this.receive(item.receipts)
    return null
  }

  #seqOf(isOlder: boolean): number {
    return isOlder ? (this.#lowSeq -= 1) : this.nextSeq()
  }

  #admit(item: PlacedItem, isOlder: boolean): Entry | null {
    if (item.kind === 'message' && !this.#chunks.canBegin(item)) return null
    this.#knowSender(item)
    const seq = this.#seqOf(isOlder)
    const entry = entryFrom(item, { id: this.#newId(), seq, ownId: this.#ownId, sizes: this.#sizes })
    if (!this.#replaceByReference(entry)) return null
    this.#entries.put(entry)
    this.#files.note(entry)
    if (item.kind === 'message') this.receive(item.receipts)
    this.#applyEarlyReceipts(item.serviceId)
    return this.#entries.get(entry.id) ?? null
  }

  /** Only we know the ids of our uploads. */
  #knowSender(item: PlacedItem): void {
    if (item.kind !== 'attachment' || item.sender.participantId === null) return
    const isOurs = item.files.some(({ attachmentId }) => this.#sizes.has(attachmentId))
    if (isOurs) this.learnOwn(item.sender.participantId)
  }

  /** A later list takes the place of the earlier one it refers to. False when this one is the earlier. */
  #replaceByReference(entry: Entry): boolean {
    const reference = referenceOf(entry)
    if (reference === null) return true
    const other = this.#entries.get(this.#byReference.get(reference) ?? '')
    if (other !== undefined && compareEntries(other, entry) > 0) return false
    if (other !== undefined) this.#entries.remove(other.id)
    this.#byReference.set(reference, entry.id)
    return true
  }

  #noteReference(entry: Entry): void {
    const reference = referenceOf(entry)
    if (reference !== null) this.#byReference.set(reference, entry.id)
  }

  #markUpTo(last: MessageEntry, receipt: Receipt): void {
    const told = toldBy(receipt)
    if (told === null) return
    for (let index = this.#entries.indexOf(last); index >= 0; index -= 1) {
      const entry = this.#entries.all[index]
      if (entry?.kind !== 'message' || entry.delivery === null || isPending(entry)) continue
      // A later message that was read says nothing for one that was stopped.
      if (entry.delivery.state === 'undelivered' && entry !== last) continue
      const delivery = advance(entry.delivery, told)
      if (delivery === entry.delivery) return
      this.#entries.put({ ...entry, delivery })
    }
  }

  #applyEarlyReceipts(serviceId: string): void {
    const receipts = this.#early.take(serviceId)
    if (receipts.length > 0) this.receive(receipts)
  }
}
