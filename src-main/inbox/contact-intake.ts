import { DeskError } from '#shared/failure.ts'
import type { ChatId, Offer } from '#shared/model.ts'
import { readEndpoint, readParticipantToken, readRegion } from '../participant/instance-checks.ts'
import type { AcceptedContact, ContactSource, OfferListener } from './contact-source.ts'
import type { DeskState } from './desk-state.ts'
import type { Inbox } from './inbox.ts'
import { type InstanceOptions, practiceInstance } from './instances.ts'
import { PracticeShift, type PracticePorts } from './practice-shift.ts'

export interface JoinForm {
  readonly token: string
  readonly label: string
  readonly region: string
  readonly endpoint: string
  readonly clearClipboard: boolean
}

export interface IntakePorts {
  readonly state: DeskState
  readonly inbox: Inbox
  /** The instance that a token for this place belongs to. */
  readonly instanceAt: (region: string, endpoint: string | null) => InstanceOptions
  readonly practice: Omit<PracticePorts, 'admit'>
  /** Empties the system clipboard when it still holds exactly this text. */
  readonly clearClipboard: (text: string) => Promise<void>
}

/** How contacts reach the inbox and leave it. The only place that knows there are several ways. */
export class ContactIntake {
  readonly #ports: IntakePorts
  readonly #sources = new Map<string, ContactSource>()
  #practice: Promise<PracticeShift> | null = null

  constructor(ports: IntakePorts) {
    this.#ports = ports
  }

  async startPractice(story: string | null): Promise<void> {
    if (this.#practice !== null) throw new DeskError('refused', 'A practice shift is already running.')
    this.#practice = this.#openPractice(story)
    try {
      await this.#practice
    } catch (error) {
      this.#practice = null
      throw error
    }
  }

  async endPractice(): Promise<void> {
    const shift = await this.#practice
    if (shift === null) return
    this.#practice = null
    await this.#ports.inbox.removeInstance(shift.instanceId)
    this.#sources.delete(shift.instanceId)
    for (const offer of this.#ports.state.offers) {
      if (offer.instanceId === shift.instanceId) this.#ports.state.removeOffer(offer.offerId)
    }
    this.#ports.state.removeInstance(shift.instanceId)
    await shift.close()
  }

  async joinByToken(form: JoinForm): Promise<{ chatId: ChatId }> {
    const participantToken = readParticipantToken(form.token)
    const instance = this.#ports.instanceAt(readRegion(form.region), readEndpoint(form.endpoint))
    const label = form.label.trim()
    const contact: AcceptedContact = {
      contactId: null,
      participantToken,
      customer: '',
      label,
      queue: null,
      attributes: [],
    }
    const chatId = await this.#ports.inbox.join(contact, instance)
    if (form.clearClipboard) await this.#ports.clearClipboard(form.token)
    return { chatId }
  }

  async accept(offerId: string): Promise<{ chatId: ChatId }> {
    const { inbox, state } = this.#ports
    inbox.requireRoom()
    const { source, offer } = this.#offer(offerId)
    const contact = await source.accept(offerId)
    state.removeOffer(offerId)
    return { chatId: await inbox.open(contact, inbox.instance(offer.instanceId)) }
  }

  async decline(offerId: string): Promise<void> {
    const { source } = this.#offer(offerId)
    this.#ports.state.removeOffer(offerId)
    await source.reject(offerId)
  }

  async closeContact(chatId: ChatId): Promise<void> {
    const chat = this.#ports.inbox.session(chatId).summary()
    await this.#ports.inbox.remove(chatId)
    if (chat.contactId !== null) await this.#sources.get(chat.instanceId)?.wrapUp(chat.contactId)
  }

  addSource(source: ContactSource): void {
    this.#sources.set(source.instanceId, source)
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sources.values()].map((source) => source.close()))
  }

  async #openPractice(story: string | null): Promise<PracticeShift> {
    const admit = ({ offerId }: Offer): void => {
      void this.accept(offerId).catch(() => undefined)
    }
    const shift = await PracticeShift.open(story, { ...this.#ports.practice, admit }, this.#listen())
    this.#ports.inbox.addInstance(practiceInstance(shift.endpoint))
    this.addSource(shift)
    shift.begin()
    return shift
  }

  #offer(offerId: string): { readonly source: ContactSource; readonly offer: Offer } {
    const offer = this.#ports.state.offers.find((candidate) => candidate.offerId === offerId)
    const source = offer === undefined ? undefined : this.#sources.get(offer.instanceId)
    if (offer === undefined || source === undefined) throw new DeskError('not-found', 'This offer is gone.')
    return { source, offer }
  }

  #listen(): OfferListener {
    return {
      offered: (offer) => {
        this.#ports.state.addOffer(offer)
      },
      withdrawn: (offerId) => {
        this.#ports.state.removeOffer(offerId)
      },
    }
  }
}
