import type { TranscriptItem } from '../../room/transcript-item.ts'
import { AgentDesk } from './agent-desk.ts'
import { BrowserPage } from './browser-page.ts'
import type { ChatJsSession, Signal, Topic } from './chat-js-session.ts'
import { signals, topics } from './chat-js-session.ts'
import { chatJsCalls } from './chat-js-calls.ts'
import type { ClientKind, FileToSend, Input, Output, ParticipantClient } from './participant-client.ts'
import type { Person, Trouble } from './participant-client.ts'
import { credentialsOf } from './participant-client.ts'
import type { Operation } from '../../service/operations.ts'
import { Watch } from './watch.ts'

/** `amazon-connect-chatjs`, each chat in a page of its own. */
export const chatJs: ClientKind = {
  name: 'chatjs',
  lacks: new Set(),
  open: (person) => new ChatJsPage(person.simulator.endpoint).open(person),
  impatient: undefined,
}

/** A page with ChatJS set up for one service; it can hold several chats. */
export class ChatJsPage {
  readonly browser = new BrowserPage()
  readonly desk = new AgentDesk(this.browser)

  readonly #onFrame = new Set<() => void>()

  constructor(endpoint: string) {
    this.browser.onFrame = () => {
      for (const act of this.#onFrame) act()
    }
    this.browser.connect.ChatSession.setGlobalConfig({
      endpoint,
      region: 'us-west-2',
      features: { messageReceipts: { shouldSendMessageReceipts: true, throttleTime: 20 } },
    })
  }

  /** How often a socket of this page was subscribed. */
  get subscriptions(): number {
    return this.browser.frames.filter((frame) => frame.includes('"aws/subscribe"')).length
  }

  onFrame(act: () => void): void {
    this.#onFrame.add(act)
  }

  open(person: Person): ChatJsClient {
    const { contactId, initialContactId } = person.contact
    const chatDetails = { contactId, initialContactId, ...credentialsOf(person) }
    const session = this.browser.connect.ChatSession.create({
      type: person.role,
      disableCSM: true,
      options: { region: 'us-west-2' },
      chatDetails:
        person.role === 'CUSTOMER'
          ? chatDetails
          : { ...chatDetails, getConnectionToken: () => this.desk.tokenFor(person) },
      ...(person.role === 'AGENT' && { websocketManager: this.desk.socketFor(person) }),
    })
    return new ChatJsClient(this, session)
  }
}

export const isChatJs = (client: ParticipantClient): client is ChatJsClient => client instanceof ChatJsClient

export class ChatJsClient implements ParticipantClient {
  readonly items: TranscriptItem[] = []
  /** Which callback each item came through, in step with `items`. */
  readonly heardThrough: Topic[] = []
  /** The other callbacks, in the order in which they were called. */
  readonly signals: Signal[] = []
  readonly page: ChatJsPage
  readonly #session: ChatJsSession
  readonly #watch = new Watch()

  constructor(page: ChatJsPage, session: ChatJsSession) {
    this.page = page
    this.#session = session
    page.onFrame(() => this.#watch.announce())
    for (const topic of topics)
      session[topic](({ data }) => {
        this.items.push(data)
        this.heardThrough.push(topic)
        this.#watch.announce()
      })
    for (const signal of signals)
      session[signal](() => {
        this.signals.push(signal)
        this.#watch.announce()
      })
  }

  /** Also waits for the subscription, of which ChatJS itself says nothing. */
  async connect(): Promise<void> {
    await this.#session.connect()
    await this.until(() => this.page.subscriptions > 0)
  }

  perform<Name extends Operation>(operation: Name, input: Input<Name>): Promise<Output<Name>> {
    return chatJsCalls[operation](this.#session, input as never) as Promise<Output<Name>>
  }

  async attach({ name, type, bytes }: FileToSend): Promise<void> {
    await this.#session.sendAttachment({ attachment: new File([bytes], name, { type }) })
  }

  async download(attachmentId: string): Promise<Uint8Array> {
    const blob = await this.#session.downloadAttachment({ attachmentId })
    return new Uint8Array(await blob.arrayBuffer())
  }

  troubleOf(error: unknown): Trouble {
    return troubleIn(error)
  }

  until(isSo: () => boolean): Promise<void> {
    const seen = (): string => JSON.stringify({ items: this.items, signals: this.signals })
    return this.#watch.until(isSo, seen)
  }

  close(): void {
    this.page.browser.close()
  }
}

type ChatJsError = { name?: string; type?: string; message?: string; statusCode?: number; _debug?: unknown }

/** A failed connect() wraps the error of the call, at times twice. */
function troubleIn(error: unknown): Trouble {
  if (typeof error === 'string') return { name: 'rejected in the client', status: undefined, message: error }
  const { type, name, message, statusCode, _debug } = error as ChatJsError
  if (_debug !== undefined) return troubleIn(_debug)
  return { name: type ?? name ?? 'Error', status: statusCode, message: message ?? '' }
}
