import type { ServiceEvent } from '../participant/service-item.ts'
import type { Transcript } from './transcript.ts'

/**
 * The service says that an earlier conversation can be read. That is told to the agent once it was read, and only if
 * there was something to read.
 */
export class EarlierTalk {
  readonly #transcript: Transcript
  /** Heard again on a second socket or in a page, it is no news. */
  readonly #heard = new Set<string>()
  #announced: { readonly event: ServiceEvent; readonly known: number } | null = null

  constructor(transcript: Transcript) {
    this.#transcript = transcript
  }

  /** Whether this is news. */
  announced(event: ServiceEvent): boolean {
    const { serviceId, previousContactId } = event
    const isKnown = this.#heard.has(serviceId) || this.#transcript.byServiceId(serviceId) !== undefined
    if (isKnown || previousContactId !== null) return false
    this.#heard.add(serviceId)
    this.#announced ??= { event, known: this.#count() }
    return true
  }

  /** The history was read to its beginning, in a reading that began after the announcement. */
  read(): void {
    const { event, known } = this.#announced ?? { event: null, known: 0 }
    this.#announced = null
    if (event !== null && this.#count() > known) this.#transcript.merge([event], 'socket')
  }

  #count(): number {
    return this.#transcript.entries.filter(({ previousContactId }) => previousContactId !== null).length
  }
}
