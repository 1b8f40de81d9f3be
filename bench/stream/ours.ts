import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ChatSession } from '../../src-main/chat/chat-session.ts'
import { defaultClientOptions } from '../../src-main/participant/client-options.ts'
import { lineOpener } from '../../src-main/participant/open-line.ts'
import { ParticipantClient } from '../../src-main/participant/participant-client.ts'
import type { RateLimits } from '../../src-main/participant/rate-scheduler.ts'
import { defaultRateLimits, RateScheduler } from '../../src-main/participant/rate-scheduler.ts'
import { createWsSocketOpener } from '../../src-main/participant/ws-socket.ts'
import { createLocalFiles } from '../../src-main/platform/local-files.ts'
import { eventually } from '../../src-main/reliability/testing/eventually.ts'
import { newId } from '../../src-main/platform/new-id.ts'
import { systemClock } from '../../src-main/platform/system-clock.ts'
import type { ConversationStore } from '../../src-main/store/conversation-store.ts'
import { openStore } from '../../src-main/store/open-store.ts'
import { aStoredChat } from '../../src-main/testing/stored-chat.ts'
import { newTokens } from '../../src-main/testing/new-tokens.ts'
import { Secret } from '../../src-main/vault/secret.ts'
import type { Joined, Receiver, StreamOrder } from './receiver.ts'

/** Connecting is not what is measured. */
const unlimited = { rate: 1000, burst: 1000 }
const unhurried: RateLimits = {
  ...defaultRateLimits,
  connection: unlimited,
  transcript: unlimited,
}

type Place = Pick<StreamOrder, 'workerUrl' | 'folder'>

/** The session engine as the app wires it. Without a place nothing is kept: what is left is the engine's own work. */
export async function openOurs(
  endpoint: string,
  chats: readonly Joined[],
  place: Place | null,
): Promise<Receiver> {
  const store = place === null ? keepsNothing : await openDisk(place)
  const agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) }
  const options = { ...defaultClientOptions, region: 'us-west-2', endpoint, agents: () => agents }
  const ports = {
    clock: systemClock,
    random: Math.random,
    newId,
    note: () => undefined,
    store,
    files: createLocalFiles(() => '', '/nowhere'),
    api: new ParticipantClient(options, systemClock),
    scheduler: new RateScheduler(systemClock, unhurried),
    openSocket: createWsSocketOpener(() => undefined, endpoint),
  }
  let received = 0
  const live = new Set<string>()
  const sessions: ChatSession[] = []
  await Promise.all(
    chats.map(async ({ participantToken, participantId }) => {
      const openLine = lineOpener(ports, newTokens(participantToken))
      const session = await ChatSession.load(
        { ...ports, openLine },
        {
          chat: aStoredChat(),
          participantId,
          maxCharacters: 1024,
          owner: {
            changed: ({ chat, upserted }) => {
              received += upserted.filter(({ kind }) => kind === 'message').length
              if (chat?.link.phase === 'live') live.add(chat.chatId)
            },
            finished: () => undefined,
            storageTrouble: (failure) => {
              if (failure !== null) throw new Error(failure.message)
            },
          },
        },
      )
      sessions.push(session)
      session.open()
    }),
  )
  // Once told, a chat that nothing happens to is not told of again.
  if (!(await eventually(() => live.size === chats.length, 60_000)))
    throw new Error('The chats did not connect')
  // Closing writes what is left to write.
  const settled = async (): Promise<void> => {
    await Promise.all(sessions.map((session) => session.close()))
  }
  return { received: () => received, settled, close: () => store.close() }
}

async function openDisk({ workerUrl, folder }: Place): Promise<ConversationStore> {
  const { store, opening } = await openStore({
    workerUrl: pathToFileURL(workerUrl),
    file: { path: path.join(folder, 'parley.db'), key: new Secret('a key for measuring') },
    now: Date.now,
    onReopened: () => undefined,
  })
  if (opening.state !== 'opened') throw new Error(`The database was not opened: ${opening.state}`)
  return store
}

const done = (): Promise<void> => Promise.resolve()
const none = (): Promise<readonly never[]> => Promise.resolve([])

const keepsNothing: ConversationStore = {
  saveChat: done,
  loadChats: none,
  removeChat: done,
  saveEntries: done,
  loadEntries: none,
  enqueue: done,
  saveOutboxState: done,
  settle: done,
  loadOutbox: none,
  saveDraft: done,
  saveUpload: done,
  removeUpload: done,
  loadUploads: none,
  find: none,
  close: done,
}
