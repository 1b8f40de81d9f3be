import { DeskError } from '#shared/failure.ts'
import type { Chat, ChatId, TimelinePage, Upload, WatchedPage } from '#shared/model.ts'
import type { ChatSession, SessionChange } from '../chat/chat-session.ts'
import type { KeptTokens } from '../participant/participant-line.ts'
import type { ConversationStore, StoredChat } from '../store/conversation-store.ts'
import type { TokenVault } from '../vault/token-vault.ts'
import type { Secret } from '../vault/secret.ts'
import type { AcceptedContact } from './contact-source.ts'
import type { DeskFeed } from './desk-feed.ts'
import type { DeskState } from './desk-state.ts'
import { hueOf } from './hues.ts'
import { shownInstance, storedInstance, type InstanceOptions } from './instances.ts'
import { keepContact, restoreChats, type LeftChat, type Remains } from './restoration.ts'
import { TimelineWindows } from './timeline-windows.ts'

export interface SessionStart {
  readonly chat: StoredChat
  readonly instance: InstanceOptions
  /** Nothing of it is in the store yet. */
  readonly isNew: boolean
  readonly tokens: KeptTokens
  readonly changed: (change: SessionChange) => void
  /** The chat is over and read to its end. */
  readonly finished: () => void
}

export interface InboxPorts {
  readonly feed: DeskFeed
  readonly state: DeskState
  readonly store: ConversationStore
  readonly vault: TokenVault
  readonly now: () => number
  readonly newChatId: () => ChatId
  readonly maxChats: number
  readonly startSession: (start: SessionStart) => Promise<ChatSession>
  /** Joins once to see whether the service knows the token. Rejects with a sentence for the agent. */
  readonly checkToken: (instance: InstanceOptions, token: Secret) => Promise<void>
  readonly rememberInstance: (instance: InstanceOptions) => void
  /** A conversation of an earlier run, or all of them (null), could not be brought back. */
  readonly notRestored: (chatId: ChatId | null, error: unknown) => void
  readonly chatsChanged: (chats: readonly Chat[]) => void
}

/** All conversations: which exist, which are on screen, what the page hears of them. */
export class Inbox {
  readonly #ports: InboxPorts
  readonly #sessions = new Map<ChatId, ChatSession>()
  readonly #instances = new Map<string, InstanceOptions>()
  readonly #windows = new TimelineWindows()

  constructor(ports: InboxPorts) {
    this.#ports = ports
  }

  chats(): readonly Chat[] {
    return [...this.#sessions.values()].map((session) => session.summary())
  }

  uploads(): readonly Upload[] {
    return [...this.#sessions.values()].flatMap((session) => session.uploads.list())
  }

  session(chatId: ChatId): ChatSession {
    const session = this.#sessions.get(chatId)
    if (session === undefined) throw new DeskError('not-found', 'This chat is no longer in the inbox.')
    return session
  }

  instance(instanceId: string): InstanceOptions {
    const instance = this.#instances.get(instanceId)
    if (instance === undefined) throw new DeskError('not-found', 'This instance is no longer set up.')
    return instance
  }

  addInstance(instance: InstanceOptions): void {
    this.#instances.set(instance.instanceId, instance)
    this.#ports.state.addInstance(shownInstance(instance))
  }

  /** What is shown of it, and what follows from how it is reached, may have changed. */
  instanceChanged(instance: InstanceOptions): void {
    if (!this.#instances.has(instance.instanceId)) return
    this.addInstance(instance)
    for (const chat of this.chats()) {
      if (chat.instanceId === instance.instanceId) this.#ports.feed.publish({ kind: 'chat', chat })
    }
  }

  /** Throws 'too-many-chats' when the agent has as many live chats as the service allows. */
  requireRoom(): void {
    const live = this.chats().filter(({ link }) => link.phase !== 'ended').length
    if (live < this.#ports.maxChats) return
    const limit = String(this.#ports.maxChats)
    throw new DeskError(
      'too-many-chats',
      `You have ${limit} live chats, which is the most Connect allows. End one first.`,
    )
  }

  /** For a token somebody typed: it is tried before a chat appears. */
  async join(contact: AcceptedContact, instance: InstanceOptions): Promise<ChatId> {
    this.requireRoom()
    await this.#ports.checkToken(instance, contact.participantToken)
    this.#ports.rememberInstance(instance)
    this.addInstance(instance)
    return this.open(contact, instance)
  }

  /** Begins the chat whatever the disk says. */
  async open(contact: AcceptedContact, instance: InstanceOptions): Promise<ChatId> {
    const chatId = this.#ports.newChatId()
    const chat = newChat(chatId, contact, { instance, startedAt: this.#ports.now(), beside: this.chats() })
    const { vault, store } = this.#ports
    keepContact(vault, chat)
    // The customer is waiting by now: a disk that refuses is asked again by the vault and by the chat, which tell it.
    await vault.keep(chatId, 'participant', contact.participantToken).catch(() => undefined)
    await store.saveChat(chat).catch(() => undefined)
    const tokens = { participant: contact.participantToken, connection: null }
    await this.#start({ chat, instance, isNew: true }, tokens)
    return chatId
  }

  /** After a start: every conversation that was open, live ones connecting again. */
  restore(remains: Remains): Promise<void> {
    const { store, vault, now, state, notRestored: failed } = this.#ports
    const tell = state.notify.bind(state)
    const start = ({ chat, instance, ...tokens }: LeftChat): Promise<void> => {
      this.addInstance(instance)
      return this.#start({ chat, instance, isNew: false }, tokens)
    }
    return restoreChats({ store, vault, now, tell, start, failed }, remains)
  }

  watch(chatId: ChatId): WatchedPage {
    const session = this.session(chatId)
    const { feed } = this.#ports
    feed.flush()
    session.setActive(true)
    const firstUnreadId = session.firstUnread()?.id ?? null
    const page = this.#windows.watch(chatId, session, firstUnreadId)
    return { ...page, firstUnreadId, revision: feed.revision }
  }

  unwatch(chatId: ChatId): void {
    this.#windows.unwatch(chatId)
    this.#sessions.get(chatId)?.setActive(false)
  }

  older(chatId: ChatId, at: { beforeId: string; untilId?: string | undefined }): TimelinePage {
    return this.#windows.older(chatId, this.session(chatId), at)
  }

  tryNow(chatId: ChatId | null): void {
    if (chatId !== null) this.session(chatId).tryNow()
    else for (const session of this.#sessions.values()) session.tryNow()
  }

  resumed(): void {
    for (const session of this.#sessions.values()) session.resumed()
  }

  onlineChanged(isOnline: boolean): void {
    for (const session of this.#sessions.values()) session.networkChanged(isOnline)
  }

  /** The store began anew while the app was running. */
  keepAgain(): void {
    for (const session of this.#sessions.values()) void session.keepAgain()
  }

  async remove(chatId: ChatId): Promise<void> {
    await this.session(chatId).close()
    this.#sessions.delete(chatId)
    this.#windows.unwatch(chatId)
    await this.#ports.vault.forget(chatId)
    this.#ports.feed.publish({ kind: 'chat-removed', chatId })
    this.#ports.chatsChanged(this.chats())
    await this.#ports.store.removeChat(chatId)
  }

  async removeInstance(instanceId: string): Promise<void> {
    for (const { chatId, instanceId: of } of this.chats()) if (of === instanceId) await this.remove(chatId)
    this.#instances.delete(instanceId)
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((session) => session.close()))
  }

  async #start(
    start: Pick<SessionStart, 'chat' | 'instance' | 'isNew'>,
    tokens: Omit<KeptTokens, 'keep'>,
  ): Promise<void> {
    const { chatId } = start.chat
    const { vault } = this.#ports
    const session = await this.#ports.startSession({
      ...start,
      tokens: { ...tokens, keep: (connection) => vault.keepSoon(chatId, 'connection', connection) },
      changed: (change) => {
        this.#publish(chatId, change)
      },
      finished: () => {
        void vault.forget(chatId)
      },
    })
    this.#sessions.set(chatId, session)
    this.#ports.feed.publish({ kind: 'chat', chat: session.summary() })
    session.open()
  }

  #publish(chatId: ChatId, change: SessionChange): void {
    const session = this.#sessions.get(chatId)
    if (session === undefined) return
    const { feed } = this.#ports
    if (change.chat !== null) {
      feed.publish({ kind: 'chat', chat: change.chat })
      this.#ports.chatsChanged(this.chats())
    }
    if (change.uploads !== null) feed.publish({ kind: 'uploads', chatId, uploads: change.uploads })
    if (change.upserted.length === 0 && change.removed.length === 0) return
    const timeline = this.#windows.narrow(chatId, session, change)
    if (timeline !== null) feed.publish(timeline)
  }
}

function newChat(
  chatId: ChatId,
  contact: AcceptedContact,
  at: { instance: InstanceOptions; startedAt: number; beside: readonly Chat[] },
): StoredChat {
  return {
    chatId,
    contactId: contact.contactId,
    customer: contact.customer,
    label: contact.label ?? '',
    hue: hueOf(contact.contactId ?? chatId, at.beside),
    instanceId: at.instance.instanceId,
    instance: storedInstance(at.instance),
    queue: contact.queue,
    attributes: contact.attributes,
    startedAt: at.startedAt,
    firstReplyAt: null,
    endedAt: null,
    endReason: null,
    completeUpTo: null,
    lastServiceId: null,
    unread: 0,
    draft: '',
  }
}
