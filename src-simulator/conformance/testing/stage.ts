import type { TranscriptItem } from '../../room/transcript-item.ts'
import type { ContactHandle } from '../../contact-handle.ts'
import type { ContactSpec, Simulator } from '../../simulator.ts'
import { startSimulator } from '../../simulator.ts'
import type { SwitchChange } from '../../switches.ts'
import type { Operation } from '../../service/operations.ts'
import type { ChatJsClient } from './chat-js.ts'
import { ChatJsPage } from './chat-js.ts'
import type { ClientKind, Input, ParticipantClient, Trouble } from './participant-client.ts'

/** A simulator and the clients of one test, all closed together. */
export class Stage {
  readonly simulator: Simulator
  readonly #clients: { close(): void }[] = []

  private constructor(simulator: Simulator) {
    this.simulator = simulator
  }

  static async open(switches: SwitchChange = {}): Promise<Stage> {
    return new Stage(await startSimulator({ switches }))
  }

  contact(spec: Partial<ContactSpec> = {}): ContactHandle {
    return this.simulator.contact({ customerName: 'Amara Okafor', ...spec })
  }

  /** A client that has not connected yet. */
  client(kind: ClientKind, contact: ContactHandle, role: 'AGENT' | 'CUSTOMER'): ParticipantClient {
    return this.keep(kind.open({ simulator: this.simulator, contact, role }))
  }

  /** A client that is connected and subscribed. */
  async connected(
    kind: ClientKind,
    contact: ContactHandle,
    role: 'AGENT' | 'CUSTOMER',
  ): Promise<ParticipantClient> {
    const client = this.client(kind, contact, role)
    await client.connect()
    return client
  }

  /** A browser page for several chats, or for a look behind the scenes of one. */
  page(): ChatJsPage {
    const page = new ChatJsPage(this.simulator.endpoint)
    this.keep(page.browser)
    return page
  }

  /** A chat in a page, not connected yet. */
  inPage(page: ChatJsPage, contact: ContactHandle, role: 'AGENT' | 'CUSTOMER'): ChatJsClient {
    return page.open({ simulator: this.simulator, contact, role })
  }

  keep<Closable extends { close(): void }>(client: Closable): Closable {
    this.#clients.push(client)
    return client
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.close()
    await this.simulator.close()
  }
}

/** Waits until the client has been handed an item like this, and returns it. */
export async function heard(
  client: ParticipantClient,
  isMeant: (item: TranscriptItem) => boolean,
): Promise<TranscriptItem> {
  await client.until(() => client.items.some(isMeant))
  const item = client.items.find(isMeant)
  if (!item) throw new Error('It was there a moment ago')
  return item
}

export const withId =
  (id: string | undefined) =>
  (item: TranscriptItem): boolean =>
    item.Id === id

export const ofType =
  (contentType: string, role?: TranscriptItem['ParticipantRole']) =>
  (item: TranscriptItem): boolean =>
    item.ContentType === contentType && (role === undefined || item.ParticipantRole === role)

/** How a call that has to fail failed. */
export async function refusal<Name extends Operation>(
  client: ParticipantClient,
  operation: Name,
  input: Input<Name>,
): Promise<Trouble> {
  try {
    await client.perform(operation, input)
  } catch (error) {
    return client.troubleOf(error)
  }
  throw new Error(`${operation} was not refused`)
}

/** Whether the service takes a call. If it does not, that has to be for what the call says. */
export async function isTaken<Name extends Operation>(
  client: ParticipantClient,
  operation: Name,
  input: Input<Name>,
): Promise<boolean> {
  try {
    await client.perform(operation, input)
    return true
  } catch (error) {
    const { name, status } = client.troubleOf(error)
    if (status === 400 || status === 402) return false
    throw new Error(`${operation} failed with ${name}`, { cause: error })
  }
}
