import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ContactHandle } from '#simulator/contact-handle.ts'
import type { Failure } from '#shared/failure.ts'
import { type Chat, ChatId } from '#shared/model.ts'
import { ChatWiring } from '../compose-chats.ts'
import { DeskFeed } from '../inbox/desk-feed.ts'
import { DeskState } from '../inbox/desk-state.ts'
import { Inbox } from '../inbox/inbox.ts'
import { defaultClient } from '../inbox/instance-client.ts'
import type { InstanceOptions } from '../inbox/instances.ts'
import type { Remains } from '../inbox/restoration.ts'
import { createLocalFiles } from '../platform/local-files.ts'
import { systemClock } from '../platform/system-clock.ts'
import type { ConversationStore } from '../store/conversation-store.ts'
import { inMemoryStore } from '../store/testing/in-memory-store.ts'
import { Secret } from '../vault/secret.ts'
import { DiskFile } from '../vault/testing/disk-file.ts'
import { FakeKeychain } from '../vault/testing/fake-keychain.ts'
import { TokenVault } from '../vault/token-vault.ts'

const direct = {
  system: () => Promise.resolve('DIRECT'),
  byScript: () => () => Promise.resolve('DIRECT'),
}

interface ProfileOptions {
  readonly store?: ConversationStore
  /** On which disk it lies. */
  readonly folder?: string
}

interface LeftBehind {
  readonly contact: ContactHandle
  readonly chatId: ChatId
}

/** What of one person lies on this computer, and the desk opened on it again and again. */
export class DeskProfile {
  readonly folder: string
  readonly vaultFile: string
  readonly disk: DiskFile
  store: ConversationStore
  readonly #runs: DeskRun[] = []

  constructor({ store = inMemoryStore(), folder }: ProfileOptions = {}) {
    this.folder = mkdtempSync(path.join(folder ?? tmpdir(), 'parley-profile-'))
    this.vaultFile = path.join(this.folder, 'vault.json')
    this.disk = new DiskFile(this.vaultFile)
    this.store = store
  }

  /** The desk as it is before anything is brought back. */
  async open(): Promise<DeskRun> {
    const troubles: (Failure | null)[] = []
    const vault = await TokenVault.open({
      file: this.disk,
      copy: new DiskFile(path.join(this.folder, 'vault-copy.json')),
      keychain: new FakeKeychain(),
      clock: systemClock,
      random: randomBytes,
      owner: 'agent at desk 4',
      trouble: (failure) => troubles.push(failure),
    })
    const run = new DeskRun(this.store, vault, troubles)
    this.#runs.push(run)
    return run
  }

  /** A live chat with a draft and an unread message, left by a run that was closed. */
  async leaveChat(contact: ContactHandle, instance: InstanceOptions): Promise<LeftBehind> {
    const run = await this.open()
    const chatId = await run.accept(contact, instance)
    await run.live(chatId)
    contact.say('Are you still there?')
    await run.until(chatId, ({ unread }) => unread === 1)
    await run.inbox.session(chatId).saveDraft('One moment')
    await run.close()
    return { contact, chatId }
  }

  async remove(): Promise<void> {
    for (const run of this.#runs) await run.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Inbox, chats, vault and store wired as the app does it, without a window. */
export class DeskRun {
  readonly inbox: Inbox
  readonly state: DeskState
  readonly clock = systemClock
  readonly store: ConversationStore
  readonly vault: TokenVault
  /** What chats said about the disk, in order. */
  readonly troubles: (Failure | null)[] = []
  /** What the vault said about it. */
  readonly vaultTroubles: readonly (Failure | null)[]
  /** Conversations that could not be brought back; null for all. */
  readonly notRestored: (ChatId | null)[] = []
  readonly #watchers = new Set<() => void>()

  constructor(store: ConversationStore, vault: TokenVault, vaultTroubles: readonly (Failure | null)[]) {
    this.vaultTroubles = vaultTroubles
    this.store = store
    this.vault = vault
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
    const feed = new DeskFeed(systemClock, () => undefined)
    this.state = new DeskState(
      {
        surroundings: {
          platform: 'linux',
          version: '0',
          defaultRegion: 'us-west-2',
          defaultEndpoint: '',
          weaknesses: [],
          maxChats: 10,
          managedClosing: null,
        },
        settings: {
          theme: 'system',
          sendWith: 'enter',
          showCustomerPanel: true,
          closing: 'ask',
          textSize: 100,
        },
        custody: vault.custody,
      },
      (change) => {
        feed.publish(change)
      },
    )
    const wiring = new ChatWiring({
      clock: systemClock,
      random: () => 1,
      log,
      store,
      files: createLocalFiles(() => 'picture', '/nowhere'),
      proxies: direct,
      systemAuthorities: () => ({ certificates: [], wereRead: true }),
      clientOf: () => ({ ...defaultClient, proxy: { mode: 'none' } }),
      storageTrouble: (failure) => this.troubles.push(failure),
    })
    this.inbox = new Inbox({
      feed,
      state: this.state,
      store,
      vault,
      now: () => systemClock.now(),
      newChatId: () => ChatId.parse(randomUUID()),
      maxChats: 10,
      startSession: (start) => wiring.startSession(start),
      checkToken: (instance, token) => wiring.checkToken(instance, token),
      rememberInstance: () => undefined,
      notRestored: (chatId) => this.notRestored.push(chatId),
      chatsChanged: () => {
        for (const look of this.#watchers) look()
      },
    })
  }

  accept(contact: ContactHandle, instance: InstanceOptions): Promise<ChatId> {
    const { contactId, customerName: customer, agent } = contact
    const participantToken = new Secret(agent.participantToken)
    this.inbox.addInstance(instance)
    return this.inbox.open({ contactId, customer, participantToken, queue: null, attributes: [] }, instance)
  }

  get notices(): readonly string[] {
    return this.state.notices.map(({ noticeId }) => noticeId)
  }

  chat(chatId: ChatId): Chat {
    return this.inbox.session(chatId).summary()
  }

  /** Resolves when the claim about the chat holds. */
  until(chatId: ChatId, claim: (chat: Chat) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!claim(this.chat(chatId))) return
        this.#watchers.delete(look)
        resolve()
      }
      this.#watchers.add(look)
      look()
    })
  }

  live(chatId: ChatId): Promise<void> {
    return this.until(chatId, ({ link }) => link.phase === 'live')
  }

  /** As the app is closed. */
  async close(): Promise<void> {
    await this.inbox.close()
    this.vault.close()
  }

  restore(remains: Partial<Remains> = {}): Promise<void> {
    return this.inbox.restore({ instances: [], lost: null, ...remains })
  }
}
