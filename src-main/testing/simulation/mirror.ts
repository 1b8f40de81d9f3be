import type { Entry } from '#shared/entry.ts'
import { compareEntries } from '#shared/entry.ts'
import type { Chat } from '#shared/model.ts'
import type { SessionChange } from '../../chat/chat-session.ts'

interface Truth {
  readonly isNamed: (serviceId: string) => boolean
  readonly isSafe: (entryId: string) => boolean
  /** The ids of everything that the service had by then. */
  readonly saidUpTo: (at: number) => readonly string[]
}

/** What a window would show, built from nothing but the changes it is told. Checks each as it comes. */
export class Mirror {
  readonly violations: string[] = []
  chat: Chat | null = null
  /** Files the agent was told about. */
  readonly failedFiles = new Set<string>()
  #isChatKept = false
  readonly #entries = new Map<string, Entry>()
  readonly #isNamed: (serviceId: string) => boolean
  readonly #isSafe: (entryId: string) => boolean
  readonly #saidUpTo: (at: number) => readonly string[]
  #claimed: number | null = null

  constructor(truth: Truth) {
    this.#isNamed = truth.isNamed
    this.#isSafe = truth.isSafe
    this.#saidUpTo = truth.saidUpTo
  }

  /** The store does not know the chat: it begins, once. */
  begins(): void {
    if (this.#isChatKept) this.violations.push('I5: the chat is gone although its first save was kept')
  }

  isKept(): void {
    this.#isChatKept = true
  }

  get entries(): readonly Entry[] {
    return [...this.#entries.values()].sort(compareEntries)
  }

  restart(entries: readonly Entry[]): void {
    this.#entries.clear()
    for (const entry of entries) this.#entries.set(entry.id, entry)
  }

  apply({ chat, upserted, removed, uploads }: SessionChange): void {
    if (chat !== null) this.chat = chat
    for (const { name, state } of uploads ?? []) {
      if (state.phase === 'failed') this.failedFiles.add(name)
    }
    for (const id of removed) this.#entries.delete(id)
    for (const entry of upserted) {
      this.#entries.set(entry.id, entry)
      this.#check(entry)
    }
    this.#checkClaim(chat?.completeUpTo ?? null)
  }

  /** Nothing says complete before it is. */
  #checkClaim(claim: number | null): void {
    if (claim === null || claim === this.#claimed) return
    this.#claimed = claim
    const shown = new Set([...this.#entries.values()].map(({ serviceId }) => serviceId))
    const missing = this.#saidUpTo(claim).filter((serviceId) => !shown.has(serviceId))
    if (missing.length > 0) this.violations.push(`I9: complete up to ${claim} without ${missing.join(' ')}`)
  }

  /** The screen never claims more than is true. */
  #check(entry: Entry): void {
    if (entry.kind !== 'message' || entry.delivery === null) return
    const { state } = entry.delivery
    const isOut = state === 'sent' || state === 'delivered' || state === 'read'
    if (isOut && (entry.serviceId === null || !this.#isNamed(entry.serviceId))) {
      this.violations.push(`I5: ${entry.id} is shown as ${state} without the service having it`)
    }
    if (state === 'queued' && !this.#isSafe(entry.id)) {
      this.violations.push(`I5: ${entry.id} is shown as queued before it is safe on the disk`)
    }
  }
}
