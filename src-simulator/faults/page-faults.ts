import type { ContactRoom } from '../room/contact-room.ts'
import type { TranscriptPage } from '../service/transcript-pages.ts'
import type { FaultBoard } from './faults.ts'

/** Some of its items lack what an item has. */
type Distorted = Omit<TranscriptPage, 'Transcript'> & { readonly Transcript: readonly object[] }

/** Pages that a client cannot rely on. */
export class PageFaults {
  readonly #faults: FaultBoard
  /** The first token that a conversation's pages led to: where a loop goes back to. */
  readonly #firstTokens = new WeakMap<ContactRoom, string>()
  #turn = 0

  constructor(faults: FaultBoard) {
    this.#faults = faults
  }

  /** What goes out in the place of this page, which was asked for with this token. */
  distort(room: ContactRoom, page: TranscriptPage, token: string | undefined): object {
    if (token === undefined && page.NextToken !== undefined) this.#firstTokens.set(room, page.NextToken)
    const scope = { contactIds: room.contactIds, operation: 'GetTranscript' } as const
    if (this.#faults.take('omit-transcript', scope)) return {}
    const stuck = this.#stick(room, page, token)
    const { InitialContactId, ...rest } = this.#faults.take('incomplete-items', scope)
      ? littered(stuck)
      : stuck
    return this.#faults.take('omit-initial-contact-id', scope) ? rest : { InitialContactId, ...rest }
  }

  /** Only a page that is not the last can lead nowhere. */
  #stick(room: ContactRoom, page: TranscriptPage, token: string | undefined): TranscriptPage {
    if (page.NextToken === undefined || page.NextToken === '') return page
    const scope = { contactIds: room.contactIds, operation: 'GetTranscript' } as const
    const leads = this.#faults.find('stuck-pager', scope)?.leads ?? 'back'
    const first = this.#firstTokens.get(room)
    // There has to be a token to lead back to: nothing is kept from whoever only asks again.
    if (token === undefined || (leads === 'round' && (token === first || first === undefined))) return page
    if (!this.#faults.take('stuck-pager', scope)) return page
    if (leads === 'back') return { ...page, NextToken: token }
    if (leads === 'round') return { ...page, NextToken: first ?? '' }
    this.#turn += 1
    return { ...page, Transcript: [], NextToken: numbered(token, this.#turn) }
  }
}

/** Another name for the same place. */
function numbered(token: string, turn: number): string {
  const [place = ''] = Buffer.from(token, 'base64url').toString().split('#')
  return Buffer.from(`${place}#${turn}`).toString('base64url')
}

/** With two items more that no client can place, beside everything that was said. */
function littered(page: TranscriptPage): Distorted {
  const [first] = page.Transcript
  if (first === undefined) return page
  const { Id: _id, ...withoutId } = { ...first, Content: 'without an id' }
  const { AbsoluteTime: _time, ...withoutTime } = {
    ...first,
    Id: `${first.Id}-timeless`,
    Content: 'without a time',
  }
  return { ...page, Transcript: [withoutId, ...page.Transcript, withoutTime] }
}
