import { DeskError, type Failure } from '#shared/failure.ts'
import { type BackoffShape, createBackoff } from './chat/backoff.ts'
import type { Clock, Random } from './chat/clock.ts'
import { ChatSession, type ChatOwner, type ChatPorts, type ChatStart } from './chat/chat-session.ts'
import type { LocalFiles } from './chat/local-files.ts'
import type { Note } from './chat/note.ts'
import type { UploadLimits } from './chat/upload-rules.ts'
import { type InstanceRuntime, openRuntime } from './compose-runtime.ts'
import type { SessionStart } from './inbox/inbox.ts'
import type { InstanceClient } from './inbox/instance-client.ts'
import type { InstanceOptions } from './inbox/instances.ts'
import { type Around, aroundCalls } from './participant/around-calls.ts'
import type { NetworkAgents } from './participant/client-options.ts'
import { lineOpener } from './participant/open-line.ts'
import type { ParticipantApi } from './participant/participant-api.ts'
import type { KeptTokens, OpenLine } from './participant/participant-line.ts'
import { repeatedReadings } from './participant/repeated-readings.ts'
import { loggedCalls } from './participant/request-log.ts'
import { isRefusal } from './participant/service-error.ts'
import { createWsSocketOpener } from './participant/ws-socket.ts'
import type { Log } from './platform/log.ts'
import { newId } from './platform/new-id.ts'
import type { BrowserProxies } from './platform/proxy-choice.ts'
import type { SystemAuthorities } from './platform/system-authorities.ts'
import type { ConversationStore } from './store/conversation-store.ts'
import type { Secret } from './vault/secret.ts'

const rejectedToken =
  'The service does not accept this token. Check that it was copied whole, for this region, and that the chat still goes on.'
export interface ChatWiringPorts {
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly store: ConversationStore
  readonly files: LocalFiles
  readonly proxies: BrowserProxies
  readonly systemAuthorities: () => SystemAuthorities
  /** What is set for an instance; asked again when `instanceChanged`. */
  readonly clientOf: (instance: InstanceOptions) => InstanceClient
  readonly storageTrouble: (failure: Failure | null) => void
}

/** Wires one chat to its instance. All chats of an instance share its client, its request rates and its way out. */
export class ChatWiring {
  readonly #ports: ChatWiringPorts
  readonly #runtimes = new Map<string, InstanceRuntime>()

  constructor(ports: ChatWiringPorts) {
    this.#ports = ports
  }

  async startSession({ chat, instance, isNew, ...start }: SessionStart): Promise<ChatSession> {
    const { clock, random, store, files, storageTrouble } = this.#ports
    const runtime = this.#runtime(instance)
    const { tokens, changed, finished } = start
    const owner: ChatOwner = { changed, finished, storageTrouble }
    const note: Note = (event, facts) => {
      this.#ports.log.info(event, { chat: chat.chatId, ...facts })
    }
    const chatPorts: ChatPorts = {
      clock,
      store,
      files,
      random,
      newId,
      openLine: this.#openLine(runtime, tokens, note),
      note,
      backoff: liveBackoff(runtime),
      uploadLimits: liveUploadLimits(runtime),
    }
    const chatStart: ChatStart = {
      chat,
      participantId: null,
      owner,
      get maxCharacters() {
        return runtime.client.messageCharacters
      },
    }
    return isNew ? ChatSession.begin(chatPorts, chatStart) : await ChatSession.load(chatPorts, chatStart)
  }

  /** Rejects with the sentence for the agent when the service does not take the token. */
  async checkToken(instance: InstanceOptions, token: Secret): Promise<void> {
    const runtime = this.#runtime(instance)
    const note: Note = (event, facts) => {
      this.#ports.log.info(event, { chat: null, ...facts })
    }
    await runtime.scheduler.take('connection', 'send')
    try {
      const wanted = { types: ['CONNECTION_CREDENTIALS'], connectParticipant: false } as const
      await this.#api(runtime, note).createConnection(token, wanted)
    } catch (error) {
      if (!isRefusal(error)) throw error
      throw new DeskError('rejected-token', rejectedToken, 403)
    }
  }

  /** New chats begin with what is set now; open ones follow with their next call or connection. */
  instanceChanged(instance: InstanceOptions): void {
    this.#runtimes.get(keyOf(instance))?.change(this.#ports.clientOf(instance))
  }

  /** The way of an instance's files. */
  agents(instance: InstanceOptions): NetworkAgents {
    return this.#runtime(instance).agents()
  }

  /** Where the instance's chats last were to open their sockets. */
  socketOrigin(instance: InstanceOptions): string | null {
    return this.#runtimes.get(keyOf(instance))?.socketOrigin ?? null
  }

  #openLine(runtime: InstanceRuntime, tokens: KeptTokens, note: Note): OpenLine {
    const { clock, random } = this.#ports
    const backoff = createBackoff(random, liveBackoff(runtime))
    const repeat: Around = (about, run) => {
      const { attempts } = runtime.client
      return repeatedReadings({ clock, backoff, attempts })(about, run)
    }
    const ports = {
      api: this.#api(runtime, note),
      repeat,
      scheduler: runtime.scheduler,
      clock,
      newId,
      openSocket: createWsSocketOpener((url) => runtime.socketAgent(url), runtime.endpoint),
      note,
    }
    return lineOpener(ports, tokens)
  }

  /** The instance's service as one chat uses it. Every try is a line in the log. */
  #api(runtime: InstanceRuntime, note: Note): ParticipantApi {
    const log = loggedCalls(this.#ports.clock, note)
    return aroundCalls(runtime.api, (about, run) => (runtime.client.logRequests ? log(about, run) : run()))
  }

  #runtime(instance: InstanceOptions): InstanceRuntime {
    const key = keyOf(instance)
    const known = this.#runtimes.get(key)
    if (known !== undefined) return known
    const runtime = openRuntime(instance, this.#ports.clientOf(instance), this.#ports)
    this.#runtimes.set(key, runtime)
    return runtime
  }
}

function keyOf({ instanceId, region, endpoint }: InstanceOptions): string {
  return `${instanceId} ${region} ${endpoint ?? ''}`
}

function liveBackoff(runtime: InstanceRuntime): BackoffShape {
  return {
    get base() {
      return runtime.client.backoffBase
    },
    get cap() {
      return runtime.client.backoffCap
    },
  }
}

function liveUploadLimits(runtime: InstanceRuntime): UploadLimits {
  return {
    get maxBytes() {
      return runtime.client.fileBytes
    },
    get maxFiles() {
      return runtime.client.filesPerChat
    },
    get asksAboutContent() {
      return runtime.client.validateStrictly
    },
  }
}
