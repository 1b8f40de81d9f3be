import { randomUUID } from 'node:crypto'
import { DeskError, type Failure } from '#shared/failure.ts'
import type { ChatSession } from '../chat/chat-session.ts'
import type { Clock } from '../chat/clock.ts'
import { ChatWiring } from '../compose-chats.ts'
import { InstanceBook } from '../inbox/instance-book.ts'
import { tokenInstance } from '../inbox/instances.ts'
import { noPolicy } from '../inbox/policy.ts'
import type { ClientSettings } from '../platform/client-settings.ts'
import { createLocalFiles } from '../platform/local-files.ts'
import type { LogFields } from '../platform/log.ts'
import type { BrowserProxies } from '../platform/proxy-choice.ts'
import { defaults, SettingsFile } from '../platform/settings-file.ts'
import { systemClock } from '../platform/system-clock.ts'
import type { SystemAuthorities } from '../platform/system-authorities.ts'
import { Secret } from '../vault/secret.ts'
import { newTokens } from './new-tokens.ts'
import { MemoryStore } from './memory-store.ts'
import { aStoredChat } from './stored-chat.ts'

export interface WiredOptions {
  readonly endpoint: string | null
  readonly region?: string
  readonly client: ClientSettings
  readonly proxies?: BrowserProxies
  readonly clock?: Clock
  readonly systemAuthorities?: () => SystemAuthorities
}

/** Chats of one instance, wired as the desk does it from what its settings file says. */
export class WiredChats {
  readonly lines: (LogFields & { readonly event: string })[] = []
  readonly wiring: ChatWiring
  readonly instance: ReturnType<typeof tokenInstance>
  readonly #sessions: ChatSession[] = []
  readonly #settings: SettingsFile

  constructor({
    endpoint,
    region = 'us-west-2',
    client,
    proxies = direct,
    clock = systemClock,
    systemAuthorities = () => ({ certificates: [], wereRead: true }),
  }: WiredOptions) {
    this.instance = tokenInstance(region, endpoint)
    const kept = { ...defaults, instances: [{ ...this.instance, isPractice: false, client }] }
    const file = {
      read: () => JSON.parse(JSON.stringify(kept)) as unknown,
      write: () => undefined,
      setAside: () => undefined,
    }
    this.#settings = new SettingsFile(file)
    if (this.#settings.wasBroken) throw new Error('The settings of this test are not valid.')
    const book = new InstanceBook(this.#settings, noPolicy)
    const write = (event: string, fields: LogFields = {}): void => void this.lines.push({ event, ...fields })
    this.wiring = new ChatWiring({
      clock,
      random: () => 1,
      log: { info: write, warn: write, error: write },
      store: new MemoryStore(),
      files: createLocalFiles(() => 'picture', '/nowhere'),
      proxies,
      systemAuthorities,
      clientOf: (instance) => book.clientOf(instance),
      storageTrouble: () => undefined,
    })
  }

  /** Somebody changes the settings while the desk runs. */
  change(client: ClientSettings): void {
    this.#settings.change({ instances: [{ ...this.instance, isPractice: false, client }] })
    this.wiring.instanceChanged(this.instance)
  }

  /** A chat that connects, as it stands now and then. */
  async open(participantToken: string): Promise<WiredChat> {
    const listeners = new Set<() => void>()
    const session = await this.wiring.startSession({
      chat: aStoredChat({ instanceId: this.instance.instanceId }),
      instance: this.instance,
      isNew: true,
      tokens: newTokens(participantToken),
      changed: () => listeners.forEach((listen) => listen()),
      finished: () => undefined,
    })
    this.#sessions.push(session)
    session.open()
    return { session, until: (claim) => until(session, claim, listeners) }
  }

  /** The sentence an agent reads who joins with this token; null when it is taken. */
  async join(participantToken: string = randomUUID()): Promise<Failure | null> {
    try {
      await this.wiring.checkToken(this.instance, new Secret(participantToken))
      return null
    } catch (error) {
      if (error instanceof DeskError) return error.failure
      throw error
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#sessions.map((session) => session.close()))
  }
}

export interface WiredChat {
  readonly session: ChatSession
  readonly until: (claim: (session: ChatSession) => boolean) => Promise<void>
}

export const isLive = (session: ChatSession): boolean => session.summary().link.phase === 'live'

const direct: BrowserProxies = {
  system: () => Promise.resolve('DIRECT'),
  byScript: () => () => Promise.resolve('DIRECT'),
}

function until(
  session: ChatSession,
  claim: (session: ChatSession) => boolean,
  listeners: Set<() => void>,
): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!claim(session)) return
      listeners.delete(look)
      resolve()
    }
    listeners.add(look)
    look()
  })
}
