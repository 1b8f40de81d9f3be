import { ChatId } from '#shared/model.ts'
import type { ChatPorts } from '../../chat/chat-session.ts'
import { ChatSession } from '../../chat/chat-session.ts'
import type { Random } from '../../chat/clock.ts'
import type { LocalFile, LocalFiles } from '../../chat/local-files.ts'
import type { OpenSocket } from '../../participant/chat-socket.ts'
import { lineOpener } from '../../participant/open-line.ts'
import type { ParticipantApi } from '../../participant/participant-api.ts'
import { RateScheduler } from '../../participant/rate-scheduler.ts'
import type { ConversationStore, StoredChat } from '../../store/conversation-store.ts'
import type { ManualClock } from '../manual-clock.ts'
import type { MemoryStore } from '../memory-store.ts'
import { aStoredChat } from '../stored-chat.ts'
import { AppProcess } from './app-process.ts'
import type { Mirror } from './mirror.ts'
import type { Conditions } from './plan.ts'
import { agent } from './simulated-room.ts'
import type { SimulatedService } from './simulated-service.ts'
import type { SimulatedTokens } from './simulated-tokens.ts'

export interface Surroundings {
  readonly clock: ManualClock
  readonly random: Random
  readonly service: SimulatedService
  readonly store: MemoryStore
  readonly conditions: Conditions
  readonly newId: () => string
  /** What the keychain keeps of the chat. */
  readonly tokens: SimulatedTokens
  /** How far someone has set this computer's clock wrong. */
  readonly clockError: () => number
}

export const chatId = ChatId.parse('chat-1')
const diskTakes = 2

/** The app from one start to the next crash. */
export class App {
  readonly process: AppProcess
  readonly #world: Surroundings
  readonly #mirror: Mirror
  #session: ChatSession | null = null

  constructor(world: Surroundings, mirror: Mirror) {
    this.#world = world
    this.#mirror = mirror
    this.process = new AppProcess(world.clock, world.clockError)
  }

  get session(): ChatSession | null {
    return this.#session
  }

  async start(): Promise<void> {
    const { store } = this.#world
    const ports = this.#ports()
    const stored = (await store.loadChats()).find((chat) => chat.chatId === chatId)
    // On a full disk the chat begins all the same, and is written down later.
    if (stored === undefined) {
      this.#mirror.begins()
      await ports.store.saveChat(aChat(this.process.now())).then(
        () => this.#mirror.isKept(),
        () => undefined,
      )
    }
    const session = await ChatSession.load(ports, {
      chat: stored ?? aChat(this.process.now()),
      participantId: this.#world.conditions.knowsOwnId ? agent.ParticipantId : null,
      maxCharacters: 1024,
      owner: {
        changed: (change) => this.#mirror.apply(change),
        finished: () => this.#world.tokens.forget(),
        storageTrouble: () => undefined,
      },
    })
    this.#mirror.restart(session.entries())
    this.#session = session
    session.open()
  }

  kill(): void {
    this.process.isAlive = false
    this.#session = null
  }

  #ports(): ChatPorts {
    const { random, service, newId } = this.#world
    const clock = this.process
    const note = () => undefined
    const openLine = lineOpener(
      {
        api: apiOf(service, this.process),
        openSocket: socketsOf(service.openSocket, this.process),
        scheduler: new RateScheduler(clock),
        clock,
        newId,
        note,
      },
      this.#world.tokens.kept(),
    )
    return { clock, random, newId, note, openLine, files, store: diskOf(this.#world.store, this.process) }
  }
}

function factsOf(name: string): LocalFile {
  return { name, bytes: 3, modifiedAt: 1, contentType: 'application/pdf', nature: 'other' }
}

const files: LocalFiles = {
  inspect: (path) => Promise.resolve(factsOf(path)),
  open: (path) =>
    Promise.resolve({
      facts: factsOf(path),
      async *read() {
        yield await Promise.resolve(new Uint8Array(3))
      },
      close: () => Promise.resolve(),
    }),
  preview: () => Promise.resolve(null),
}

function aChat(startedAt: number): StoredChat {
  return aStoredChat({ chatId, instanceId: 'simulated', startedAt })
}

/** Answers reach only a living, waking process. */
function through<T>(process: AppProcess, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    answer.then(
      (value) => process.reach(() => resolve(value)),
      (error: unknown) => process.reach(() => reject(error instanceof Error ? error : new Error('unknown'))),
    )
  })
}

function apiOf(service: SimulatedService, process: AppProcess): ParticipantApi {
  return {
    createConnection: (...args) => through(process, service.createConnection(...args)),
    disconnect: (...args) => through(process, service.disconnect(...args)),
    sendMessage: (...args) => through(process, service.sendMessage(...args)),
    sendEvent: (...args) => through(process, service.sendEvent(...args)),
    getTranscript: (...args) => through(process, service.getTranscript(...args)),
    startAttachmentUpload: (...args) => through(process, service.startAttachmentUpload(...args)),
    storeFile: (...args) => through(process, service.storeFile(...args)),
    completeAttachmentUpload: (...args) => through(process, service.completeAttachmentUpload(...args)),
    getAttachment: () => service.getAttachment(),
    describeView: () => service.describeView(),
    getAuthenticationUrl: () => service.getAuthenticationUrl(),
    cancelAuthentication: () => service.cancelAuthentication(),
    dropIdleConnections: () => service.dropIdleConnections(),
  }
}

function socketsOf(open: OpenSocket, process: AppProcess): OpenSocket {
  return (url, listener) =>
    open(url, {
      open: () => process.reach(() => listener.open()),
      text: (frame) => process.reach(() => listener.text(frame)),
      gone: (why) => process.reach(() => listener.gone(why)),
    })
}

/** The disk takes its time, and takes nothing from a dead process. */
function diskOf(store: MemoryStore, process: AppProcess): ConversationStore {
  const write = <T>(run: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      process.after(diskTakes, () => {
        run().then(resolve, (error: unknown) => reject(error instanceof Error ? error : new Error('unknown')))
      })
    })
  return {
    saveChat: (chat) => write(() => store.saveChat(chat)),
    loadChats: () => store.loadChats(),
    removeChat: (id) => write(() => store.removeChat(id)),
    saveEntries: (id, change) => write(() => store.saveEntries(id, change)),
    loadEntries: (id) => store.loadEntries(id),
    enqueue: (message) => write(() => store.enqueue(message)),
    saveOutboxState: (id, state) => write(() => store.saveOutboxState(id, state)),
    settle: (id, entryId, change) => write(() => store.settle(id, entryId, change)),
    loadOutbox: (id) => store.loadOutbox(id),
    saveDraft: (id, text) => write(() => store.saveDraft(id, text)),
    saveUpload: (upload) => write(() => store.saveUpload(upload)),
    removeUpload: (id) => write(() => store.removeUpload(id)),
    loadUploads: (id) => store.loadUploads(id),
    find: (id, text, limit) => store.find(id, text, limit),
    close: () => store.close(),
  }
}
