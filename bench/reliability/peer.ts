import type { ContactHandle } from '#simulator/contact-handle.ts'
import { eventually } from '../../src-main/reliability/testing/eventually.ts'
import type { ChatJsItem, ChatJsSession } from '../peer/chat-js.ts'
import { Page, peerName } from '../peer/page.ts'
import type { Contender, ContenderChat, Desk } from './contender.ts'

/**
 * The library as an agent console would use it without Amazon's control panel around it: sessions that hold a participant
 * token themselves (its type CUSTOMER), with the transcript it keeps itself, which also reads what it missed.
 */
export const chatJs: Contender = { name: peerName, openDesk: (endpoint) => new PeerDesk(endpoint) }

class PeerDesk implements Desk {
  readonly #page: Page

  constructor(endpoint: string) {
    this.#page = new Page(endpoint)
  }

  async open(contact: ContactHandle): Promise<ContenderChat> {
    const session = this.#page.connect.ChatSession.create({
      type: 'CUSTOMER',
      disableCSM: true,
      options: { region: 'us-west-2' },
      chatDetails: {
        contactId: contact.contactId,
        initialContactId: contact.initialContactId,
        ...contact.agent,
      },
    })
    const chat = new PeerChat(session)
    await session.connect()
    await eventually(() => contact.sockets > 0 && chat.shownIds().length > 0, 10_000)
    return chat
  }

  networkChanged(isOnline: boolean): void {
    this.#page.isOnline = isOnline
  }

  /** It has nothing to tell it by. */
  resumed(): void {
    return undefined
  }

  close(): Promise<void> {
    this.#page.close()
    return Promise.resolve()
  }
}

class PeerChat implements ContenderChat {
  readonly #session: ChatJsSession
  #troubles = 0
  #transcript: readonly ChatJsItem[] = []
  #isBroken = false

  constructor(session: ChatJsSession) {
    this.#session = session
    session.onTranscriptUpdated(({ data }) => {
      this.#transcript = data.transcript
    })
    session.onConnectionLost(() => {
      this.#troubles += 1
    })
    session.onConnectionBroken(() => {
      this.#troubles += 1
      this.#isBroken = true
    })
  }

  shownIds(): readonly string[] {
    return this.#transcript.flatMap(({ Id }) => (Id === undefined ? [] : [Id]))
  }

  isLive(): boolean {
    return !this.#isBroken
  }

  async untilTrouble(within: number): Promise<number | null> {
    const since = performance.now()
    const before = this.#troubles
    return (await eventually(() => this.#troubles > before, within)) ? performance.now() - since : null
  }

  /** It knows no difference. */
  show(): void {
    return undefined
  }

  async send(text: string): Promise<void> {
    await this.#session.sendMessage({ message: text, contentType: 'text/plain' })
  }

  waiting(): number {
    return 0
  }

  async upload({ bytes }: { bytes: Buffer }): Promise<'delivered' | 'failed'> {
    const attachment = new File([Uint8Array.from(bytes)], 'bill.txt', { type: 'text/plain' })
    try {
      await this.#session.sendAttachment({ attachment })
      return 'delivered'
    } catch {
      return 'failed'
    }
  }

  retryUploads(): Promise<void> {
    return Promise.resolve()
  }
}
