import type { Entry } from '#shared/entry.ts'
import { DeskError } from '#shared/failure.ts'
import type { LineCalls } from '../participant/participant-line.ts'
import type { PlacedItem, ShownView } from '../participant/service-item.ts'
import { viewLines } from './view-lines.ts'

export interface GuideLines {
  readonly name: string
  readonly lines: readonly string[]
}

type Calls = Pick<LineCalls, 'readTranscript' | 'describeView'>

/** Enough for everything the service may have filed under the same millisecond. */
const mostTies = 20

/**
 * The guides that messages of one chat show, as lines to read. What opens them comes with the message and is kept in
 * memory only: entries carry no tokens. Each guide is fetched once for the life of the chat.
 */
export class Guides {
  readonly #calls: Calls
  readonly #shown = new Map<string, ShownView>()
  readonly #described = new Map<string, Promise<GuideLines>>()

  constructor(calls: Calls) {
    this.#calls = calls
  }

  /** The service told of this item. */
  saw(item: PlacedItem): void {
    if (item.kind === 'message' && item.view !== null) this.#shown.set(item.serviceId, item.view)
  }

  describe(entry: Entry | undefined): Promise<GuideLines> {
    const { serviceId } = entry ?? { serviceId: null }
    if (entry === undefined || serviceId === null) return Promise.reject(noGuide())
    const known = this.#described.get(serviceId)
    if (known !== undefined) return known
    const described = this.#fetch(serviceId, entry.at)
    this.#described.set(serviceId, described)
    // What failed may go better the next time.
    described.catch(() => this.#described.delete(serviceId))
    return described
  }

  async #fetch(serviceId: string, at: number): Promise<GuideLines> {
    const shown = this.#shown.get(serviceId) ?? (await this.#reread(serviceId, at))
    if (shown === null) throw noGuide()
    const view = await this.#calls.describeView(shown.token)
    return { name: view.name, lines: viewLines(view, shown.data) }
  }

  /** A message from before the app started. Asked for by its time: an id to start from need not be included. */
  async #reread(serviceId: string, at: number): Promise<ShownView | null> {
    const { items } = await this.#calls.readTranscript({
      direction: 'FORWARD',
      order: 'ASCENDING',
      start: { time: at - 1 },
      maxResults: mostTies,
    })
    for (const item of items) {
      if (item.kind === 'message' && item.serviceId === serviceId && item.view !== null) {
        this.#shown.set(serviceId, item.view)
      }
    }
    return this.#shown.get(serviceId) ?? null
  }
}

function noGuide(): DeskError {
  return new DeskError('not-found', 'The service no longer has the guide of this message.')
}
