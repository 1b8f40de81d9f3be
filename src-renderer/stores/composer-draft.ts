import { shallowRef } from 'vue'
import { mostDraftCharacters } from '#shared/draft.ts'
import { DeskError, type Failure } from '#shared/failure.ts'
import type { ChatId } from '#shared/model.ts'
import { request } from '../desk.ts'

/** Whether what is typed is on the disk, and why not. */
export type Keeping =
  | { readonly state: 'empty' | 'changed' | 'saved' | 'in-memory' }
  | { readonly state: 'not-saved'; readonly reason: string }

/** What one press of Send asks for. */
export interface Departure {
  readonly text: string
  readonly contentType: 'text/plain' | 'text/markdown'
  readonly isFormatted: boolean
  readonly uploadIds: readonly string[]
}

/** A key that is pressed waits this long at most before it is on its way to the disk, however many follow it. */
const saveWithin = 250
const saveAgainAfter = 2_000

/**
 * What is typed to one customer and not taken by main yet. It outlives the composer that shows it: messages leave one
 * behind the other, and what was not taken comes back here, whichever chat is on screen by then.
 */
export class ComposerDraft {
  readonly #chatId: ChatId
  readonly #notTaken: (failure: Failure) => void
  readonly #text
  readonly #rest = shallowRef('')
  readonly #failure = shallowRef<string | null>(null)
  readonly #keeping = shallowRef<Keeping>({ state: 'empty' })
  readonly #leaving = shallowRef<readonly Departure[]>([])
  /** The agent asked for formatting in this text. */
  isFormatted = false
  #isOnItsWay = false
  #isSaveDue = false
  #saveTimer: number | undefined
  #running: Promise<void> | null = null

  constructor(chatId: ChatId, kept: string, notTaken: (failure: Failure) => void) {
    this.#chatId = chatId
    this.#notTaken = notTaken
    this.#text = shallowRef(kept)
  }

  get text(): string {
    return this.#text.value
  }

  set text(text: string) {
    if (text === this.#text.value) return
    this.#text.value = text
    this.#changed()
  }

  /** What follows once this part is sent, after a split. */
  get rest(): string {
    return this.#rest.value
  }

  set rest(rest: string) {
    if (rest === this.#rest.value) return
    this.#rest.value = rest
    this.#changed()
  }

  /** Why the last text was not taken. */
  get failure(): string | null {
    return this.#failure.value
  }

  get keeping(): Keeping {
    return this.#keeping.value
  }

  /** What the agent still has before them. */
  get typed(): string {
    return joined([this.text, this.rest])
  }

  /** Queues behind what was sent before; the composer is free for the next words at once. */
  send(departure: Departure): void {
    this.#failure.value = null
    this.#leaving.value = [...this.#leaving.value, departure]
    this.#text.value = this.rest
    this.#rest.value = ''
    if (this.text === '') this.isFormatted = false
    this.#changed()
    void this.#run()
  }

  /** Resolves when everything typed so far was handed to the disk, or it refused. */
  async flush(): Promise<void> {
    if (this.keeping.state !== 'changed' && this.keeping.state !== 'not-saved')
      return this.#running ?? undefined
    this.#isSaveDue = true
    await this.#run()
  }

  /** The page goes now: nothing can be waited for. Main has what is on its way, and puts it back if it cannot take it. */
  handOver(): void {
    if (this.#keeping.value.state !== 'changed' && this.#keeping.value.state !== 'not-saved') return
    const left = this.#isOnItsWay ? this.#leaving.value.slice(1) : this.#leaving.value
    void request('chat.draft', { chatId: this.#chatId, text: this.#with(left) }).catch(() => undefined)
  }

  /** The chat is gone, and with it what was typed. */
  drop(): void {
    window.clearTimeout(this.#saveTimer)
    this.#leaving.value = []
    this.#isSaveDue = false
  }

  /** All that the disk has to know: also what waits behind a message on its way. */
  get #whole(): string {
    return this.#with(this.#leaving.value)
  }

  #with(leaving: readonly Departure[]): string {
    return joined([...leaving.map(({ text }) => text), this.text, this.rest])
  }

  #changed(): void {
    this.#keeping.value = { state: 'changed' }
    if (this.typed === '' && this.#leaving.value.length === 0) this.isFormatted = false
    this.#saveSoon(saveWithin)
  }

  /** Not begun anew with each key: the first one that is not saved says when. */
  #saveSoon(delay: number): void {
    this.#saveTimer ??= window.setTimeout(() => {
      this.#saveTimer = undefined
      this.#isSaveDue = true
      void this.#run()
    }, delay)
  }

  #run(): Promise<void> {
    this.#running ??= this.#workThrough().finally(() => {
      this.#running = null
    })
    return this.#running
  }

  async #workThrough(): Promise<void> {
    for (;;) {
      const [next] = this.#leaving.value
      if (next !== undefined) await this.#leave(next)
      else if (this.#isSaveDue) await this.#save()
      else return
    }
  }

  async #leave(departure: Departure): Promise<void> {
    this.#isOnItsWay = true
    try {
      await this.#handIn(departure)
      this.#leaving.value = this.#leaving.value.slice(1)
    } catch (error) {
      this.#takeBack()
      if (!(error instanceof DeskError)) throw error
      this.#failure.value = error.failure.message
      this.#notTaken(error.failure)
    } finally {
      this.#isOnItsWay = false
      this.#isSaveDue = true
    }
  }

  async #handIn({ text, contentType, uploadIds }: Departure): Promise<void> {
    const chatId = this.#chatId
    if (text !== '') {
      const draft = this.#with(this.#leaving.value.slice(1))
      await request('chat.send', { chatId, text, contentType, draft: draft.slice(0, mostDraftCharacters) })
      // From here on only its files can fail, and those say so themselves.
      this.#leaving.value = this.#leaving.value.map((one, index) =>
        index === 0 ? { ...one, text: '' } : one,
      )
    }
    if (uploadIds.length > 0) await request('upload.send', { chatId, uploadIds: [...uploadIds] })
  }

  /** What was sent behind it comes back as well: it would arrive before it. */
  #takeBack(): void {
    const back = this.#leaving.value
    this.#leaving.value = []
    if (back.some(({ isFormatted }) => isFormatted)) this.isFormatted = true
    this.text = joined([...back.map(({ text }) => text), this.text])
  }

  async #save(): Promise<void> {
    window.clearTimeout(this.#saveTimer)
    this.#saveTimer = undefined
    this.#isSaveDue = false
    const text = this.#whole
    const kept = await keep(this.#chatId, text)
    if (kept.state === 'refused') {
      this.#keeping.value = { state: 'not-saved', reason: kept.failure.message }
      if (passing.has(kept.failure.code)) this.#saveSoon(saveAgainAfter)
    } else if (text === this.#whole) this.#keeping.value = text === '' ? { state: 'empty' } : kept
  }
}

const passing: ReadonlySet<Failure['code']> = new Set(['disk-full', 'read-only', 'not-saved', 'internal'])

type Kept =
  { readonly state: 'saved' | 'in-memory' } | { readonly state: 'refused'; readonly failure: Failure }

async function keep(chatId: ChatId, text: string): Promise<Kept> {
  if (text.length > mostDraftCharacters) {
    const most = mostDraftCharacters.toLocaleString('en-GB')
    const message = `It is longer than ${most} characters.`
    return { state: 'refused', failure: { code: 'too-long', message } }
  }
  try {
    const { isOnDisk } = await request('chat.draft', { chatId, text })
    return { state: isOnDisk ? 'saved' : 'in-memory' }
  } catch (error) {
    if (error instanceof DeskError) return { state: 'refused', failure: error.failure }
    throw error
  }
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n')
}
