import type { LineCalls, ReadPage } from '../participant/participant-line.ts'
import type { Backoff } from './backoff.ts'
import type { Clock } from './clock.ts'
import { pause } from '../pause.ts'
import { failureOf, willPass } from './trouble.ts'

export interface PagerPorts {
  readonly calls: Pick<LineCalls, 'readTranscript'>
  readonly clock: Clock
  readonly backoff: Backoff
  /** Ends a wait between two tries: the service was just reached. */
  readonly hurry?: () => AbortSignal
}

interface PageWish {
  readonly direction: 'FORWARD' | 'BACKWARD'
  readonly start?: { readonly id: string }
  readonly nextToken?: string
}

/** Pages in a row that bring nothing. A service may leave a page empty and go on; it does not do so for ever. */
const mostBarren = 8

/** The service's pages lead in a circle or nowhere. What lies behind them is not known. */
export class StuckPages extends Error {
  override readonly name = 'StuckPages'
}

/** Fetches page after page and outlasts passing trouble, for as long as the reading is wanted. */
export class TranscriptPager {
  readonly #ports: PagerPorts
  readonly #signal: AbortSignal
  readonly #pageSize: number
  readonly #usedTokens = new Set<string>()
  readonly #seen = new Set<string>()
  #barren = 0

  constructor(ports: PagerPorts, wish: { readonly signal: AbortSignal; readonly pageSize: number }) {
    this.#ports = ports
    this.#signal = wish.signal
    this.#pageSize = wish.pageSize
  }

  /** Null when the service does not take the id. */
  async startAt(id: string, asked: () => void): Promise<ReadPage | null> {
    try {
      return await this.next({ direction: 'FORWARD', start: { id } }, asked)
    } catch (error) {
      if (failureOf(error).status === 400) return null
      throw error
    }
  }

  /** `asked` is told whenever the page is asked for. Throws `StuckPages` where going on leads nowhere. */
  async next(wish: PageWish, asked: () => void = () => undefined): Promise<ReadPage> {
    await this.#guard(wish)
    const query = { ...wish, order: 'ASCENDING', maxResults: this.#pageSize } as const
    for (let attempt = 1; ; attempt += 1) {
      try {
        const page = await this.#ports.calls.readTranscript(query, { signal: this.#signal, leaving: asked })
        if (this.#signal.aborted) throw new Error('The reading was given up.')
        this.#note(page)
        return page
      } catch (error) {
        if (this.#signal.aborted || !willPass(failureOf(error))) throw error
        await this.#wait(attempt)
      }
    }
  }

  #wait(attempt: number): Promise<void> {
    const hurry = this.#ports.hurry?.()
    const until = hurry === undefined ? this.#signal : AbortSignal.any([this.#signal, hurry])
    return pause(this.#ports.clock, this.#ports.backoff(attempt), until)
  }

  async #guard({ nextToken }: PageWish): Promise<void> {
    if (nextToken === undefined) {
      this.#usedTokens.clear()
      this.#seen.clear()
      this.#barren = 0
      return
    }
    if (this.#usedTokens.has(nextToken)) throw new StuckPages('A page leads back to where it came from.')
    if (this.#barren >= mostBarren) throw new StuckPages('Page after page brings nothing.')
    this.#usedTokens.add(nextToken)
    if (this.#barren > 0) await pause(this.#ports.clock, this.#ports.backoff(this.#barren), this.#signal)
  }

  #note({ items }: ReadPage): void {
    const known = this.#seen.size
    for (const item of items) if ('serviceId' in item) this.#seen.add(item.serviceId)
    this.#barren = this.#seen.size > known ? 0 : this.#barren + 1
  }
}
