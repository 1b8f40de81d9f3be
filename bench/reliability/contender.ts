import type { ContactHandle } from '#simulator/contact-handle.ts'

/** A client of the service under test. Both columns of the table come from the same situations. */
export interface Contender {
  readonly name: string
  /** The program of one agent. */
  openDesk(endpoint: string): Desk
}

export interface Desk {
  open(contact: ContactHandle): Promise<ContenderChat>
  /** The computer says that its network went or came. */
  networkChanged(isOnline: boolean): void
  /** The computer woke up. */
  resumed(): void
  close(): Promise<void>
}

export interface ContenderChat {
  /** Service ids of what an agent would see, in the order shown. */
  shownIds(): readonly string[]
  /** Whether the client itself says that the chat is connected and complete. */
  isLive(): boolean
  /** Milliseconds until the client tells its user of trouble; null when it does not within the time given. */
  untilTrouble(within: number): Promise<number | null>
  /** The agent looks at this chat. */
  show(): void
  /** Resolves when the client has taken the message; rejects when it will not deliver it. */
  send(text: string): Promise<void>
  /** Messages taken and not yet delivered. */
  waiting(): number
  /** How the client says the upload went. */
  upload(file: { readonly path: string; readonly bytes: Buffer }): Promise<'delivered' | 'failed'>
  /** The agent asks for failed uploads again. */
  retryUploads(): Promise<void>
}
