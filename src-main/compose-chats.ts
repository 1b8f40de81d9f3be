import { DeskError, type Failure } from '#shared/failure.ts'
import { createBackoff } from './chat/backoff.ts'
import type { Clock, Random } from './chat/clock.ts'
import { ChatSession, type ChatOwner, type ChatPorts } from './chat/chat-session.ts'
import type { LocalFiles } from './chat/local-files.ts'
import type { Note } from './chat/note.ts'
import { type InstanceRuntime, openRuntime } from './compose-runtime.ts'
import type { SessionStart } from './inbox/inbox.ts'
import type { InstanceClient } from './inbox/instance-client.ts'
import type { InstanceOptions } from './inbox/instances.ts'
import { aroundCalls } from './participant/around-calls.ts'
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
  /** What was set for an instance, looked up once: settings take effect with the next start. */
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
    const { client } = runtime
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
      backoff: { base: client.backoffBase, cap: client.backoffCap },
      uploadLimits: { maxBytes: client.fileBytes, maxFiles: client.filesPerChat },
    }
    const chatStart = { chat, participantId: null, maxCharacters: client.messageCharacters, owner }
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

  /** The way of an instance's files. */
  agents(instance: InstanceOptions): NetworkAgents {
    return this.#runtime(instance).agents()
  }

  #openLine(runtime: InstanceRuntime, tokens: KeptTokens, note: Note): OpenLine {
    const ports = {
      api: this.#api(runtime, note),
      scheduler: runtime.scheduler,
      clock: this.#ports.clock,
      newId,
      openSocket: createWsSocketOpener(({ protocol }) => {
        const { http, https } = runtime.agents()
        return protocol === 'wss:' ? https : http
      }),
      note,
    }
    return lineOpener(ports, tokens)
  }

  /** The instance's service as one chat uses it. Every try is a line in the log. */
  #api({ api, client, scheduler }: InstanceRuntime, note: Note): ParticipantApi {
    const { clock, random } = this.#ports
    const { attempts, backoffBase, backoffCap } = client
    const backoff = createBackoff(random, { base: backoffBase, cap: backoffCap })
    const logged = client.logRequests ? aroundCalls(api, loggedCalls(clock, note)) : api
    return aroundCalls(logged, repeatedReadings({ clock, scheduler, backoff, attempts }))
  }

  #runtime(instance: InstanceOptions): InstanceRuntime {
    const key = `${instance.instanceId} ${instance.endpoint ?? ''}`
    const known = this.#runtimes.get(key)
    if (known !== undefined) return known
    const runtime = openRuntime(instance, this.#ports.clientOf(instance), this.#ports)
    this.#runtimes.set(key, runtime)
    return runtime
  }
}
