import type { LineCalls, ReadPage } from '../participant/participant-line.ts'
import type { Backoff } from './backoff.ts'
import type { Clock } from './clock.ts'
import { pause } from '../pause.ts'
import { failureOf, willPass } from './trouble.ts'

export interface PagerPorts {
  readonly calls: Pick<LineCalls, 'readTranscript'>
  readonly clock: Clock
  readonly backoff: Backoff
}

const pageSize = 100

interface PageWish {
  readonly direction: 'FORWARD' | 'BACKWARD'
  readonly start?: { readonly id: string }
  readonly nextToken?: string
}

/** Fetches page after page and outlasts passing trouble, for as long as the reading is wanted. */
export class TranscriptPager {
  readonly #ports: PagerPorts
  readonly #signal: AbortSignal
  #lastToken: string | null = null

  constructor(ports: PagerPorts, signal: AbortSignal) {
    this.#ports = ports
    this.#signal = signal
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

  /** `asked` is told whenever the page is asked for. */
  async next(wish: PageWish, asked: () => void = () => undefined): Promise<ReadPage> {
    const query = { ...wish, order: 'ASCENDING', maxResults: pageSize } as const
    for (let attempt = 1; ; attempt += 1) {
      try {
        const page = await this.#ports.calls.readTranscript(query, { signal: this.#signal, leaving: asked })
        if (this.#signal.aborted) throw new Error('The reading was given up.')
        return this.#guarded(page)
      } catch (error) {
        if (this.#signal.aborted || !willPass(failureOf(error))) throw error
        await pause(this.#ports.clock, this.#ports.backoff(attempt), this.#signal)
      }
    }
  }

  /** A service that repeats itself must not keep us reading for ever. */
  #guarded(page: ReadPage): ReadPage {
    const isStuck = page.nextToken !== null && page.nextToken === this.#lastToken
    this.#lastToken = page.nextToken
    return isStuck ? { ...page, nextToken: null } : page
  }
}
