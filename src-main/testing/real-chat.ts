import { randomUUID } from 'node:crypto'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { SessionChange } from '../chat/chat-session.ts'
import { ChatSession } from '../chat/chat-session.ts'
import type { ClientOptions } from '../participant/client-options.ts'
import { defaultClientOptions } from '../participant/client-options.ts'
import { lineOpener } from '../participant/open-line.ts'
import { ParticipantClient } from '../participant/participant-client.ts'
import { RateScheduler } from '../participant/rate-scheduler.ts'
import { createWsSocketOpener } from '../participant/ws-socket.ts'
import { createLocalFiles } from '../platform/local-files.ts'
import { systemClock } from '../platform/system-clock.ts'
import type { StoredChat } from '../store/conversation-store.ts'
import { newTokens } from './new-tokens.ts'
import { MemoryStore } from './memory-store.ts'
import { aStoredChat } from './stored-chat.ts'

export interface RealWorld {
  readonly client: ParticipantClient
  readonly scheduler: RateScheduler
  readonly store: MemoryStore
  readonly endpoint: string
}

export function aRealWorld(endpoint: string, options: Partial<ClientOptions> = {}): RealWorld {
  const client = new ParticipantClient(
    {
      ...defaultClientOptions,
      region: 'us-west-2',
      endpoint,
      agents: () => ({
        http: new HttpAgent({ keepAlive: true }),
        https: new HttpsAgent({ keepAlive: true }),
      }),
      ...options,
    },
    systemClock,
  )
  return { client, scheduler: new RateScheduler(systemClock), store: new MemoryStore(), endpoint }
}

export interface RealChat {
  readonly session: ChatSession
  readonly changes: SessionChange[]
  /** Resolves when the claim about the chat holds. */
  until(claim: (session: ChatSession) => boolean, within?: number): Promise<void>
}

/** A whole chat on the real SDK and real sockets. */
export async function aRealChat(
  world: RealWorld,
  who: { readonly participantToken: string; readonly participantId?: string; readonly chat?: StoredChat },
): Promise<RealChat> {
  const changes: SessionChange[] = []
  const watchers = new Set<() => void>()
  const ports = {
    clock: systemClock,
    random: Math.random,
    store: world.store,
    newId: randomUUID,
    note: () => undefined,
  }
  const openLine = lineOpener(
    {
      ...ports,
      api: world.client,
      scheduler: world.scheduler,
      openSocket: createWsSocketOpener(() => undefined, world.endpoint),
    },
    newTokens(who.participantToken),
  )
  const session = await ChatSession.load(
    { ...ports, openLine, files: createLocalFiles(() => 'picture', '/nowhere') },
    {
      chat: who.chat ?? aStoredChat(),
      participantId: who.participantId ?? null,
      maxCharacters: 1024,
      owner: {
        changed: (change) => {
          changes.push(change)
          for (const watcher of watchers) watcher()
        },
        finished: () => undefined,
        storageTrouble: () => undefined,
      },
    },
  )
  return {
    session,
    changes,
    until: (claim, within = 8000) => untilTrue(session, { claim, within, watchers }),
  }
}

function untilTrue(
  session: ChatSession,
  wish: { claim: (session: ChatSession) => boolean; within: number; watchers: Set<() => void> },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      wish.watchers.delete(look)
      reject(new Error(`Not within ${wish.within} ms. ${tell(session)}`))
    }, wish.within)
    function look(): void {
      if (!wish.claim(session)) return
      clearTimeout(late)
      wish.watchers.delete(look)
      resolve()
    }
    wish.watchers.add(look)
    look()
  })
}

function tell(session: ChatSession): string {
  const { link, outbox, unread } = session.summary()
  return JSON.stringify({ link, outbox, unread, entries: session.entries().length })
}
