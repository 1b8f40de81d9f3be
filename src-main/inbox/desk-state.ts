import type {
  Change,
  Custody,
  Instance,
  Notice,
  Offer,
  Settings,
  Surroundings,
  WindowState,
} from '#shared/model.ts'

export interface DeskStart {
  readonly surroundings: Surroundings
  readonly settings: Settings
  readonly custody: Custody
}

/** What the page shows besides chats. Each setter publishes the whole of what changed. */
export class DeskState {
  readonly surroundings: Surroundings
  readonly #publish: (change: Change) => void
  #offers: readonly Offer[] = []
  #instances: readonly Instance[] = []
  #notices: readonly Notice[] = []
  #custody: Custody
  #settings: Settings
  #window: WindowState = { isMaximized: false, isFocused: false, isAway: false }

  constructor(start: DeskStart, publish: (change: Change) => void) {
    this.surroundings = start.surroundings
    this.#settings = start.settings
    this.#custody = start.custody
    this.#publish = publish
  }

  get offers(): readonly Offer[] {
    return this.#offers
  }

  get instances(): readonly Instance[] {
    return this.#instances
  }

  get notices(): readonly Notice[] {
    return this.#notices
  }

  get custody(): Custody {
    return this.#custody
  }

  get settings(): Settings {
    return this.#settings
  }

  get window(): WindowState {
    return this.#window
  }

  addOffer(offer: Offer): void {
    this.#setOffers([...this.#offers.filter(({ offerId }) => offerId !== offer.offerId), offer])
  }

  removeOffer(offerId: string): void {
    if (this.#offers.some((offer) => offer.offerId === offerId)) {
      this.#setOffers(this.#offers.filter((offer) => offer.offerId !== offerId))
    }
  }

  addInstance(instance: Instance): void {
    const others = this.#instances.filter(({ instanceId }) => instanceId !== instance.instanceId)
    this.#setInstances([...others, instance])
  }

  removeInstance(instanceId: string): void {
    this.#setInstances(this.#instances.filter((instance) => instance.instanceId !== instanceId))
  }

  /** A notice with the same id replaces the earlier one. */
  notify(notice: Notice): void {
    this.#setNotices([...this.#notices.filter(({ noticeId }) => noticeId !== notice.noticeId), notice])
  }

  dismiss(noticeId: string): void {
    this.#setNotices(this.#notices.filter((notice) => notice.noticeId !== noticeId))
  }

  setCustody(custody: Custody): void {
    this.#custody = custody
    this.#publish({ kind: 'custody', custody })
  }

  setSettings(settings: Settings): void {
    this.#settings = settings
    this.#publish({ kind: 'settings', settings })
  }

  setWindow(part: Partial<WindowState>): void {
    this.#window = { ...this.#window, ...part }
    this.#publish({ kind: 'window', window: this.#window })
  }

  #setOffers(offers: readonly Offer[]): void {
    this.#offers = offers
    this.#publish({ kind: 'offers', offers })
  }

  #setInstances(instances: readonly Instance[]): void {
    this.#instances = instances
    this.#publish({ kind: 'instances', instances })
  }

  #setNotices(notices: readonly Notice[]): void {
    this.#notices = notices
    this.#publish({ kind: 'notices', notices })
  }
}
