import { randomUUID } from 'node:crypto'
import { DeskError, type Failure } from '#shared/failure.ts'
import type { Clock } from './chat/clock.ts'
import { ChatSession, type ChatOwner } from './chat/chat-session.ts'
import type { LocalFiles } from './chat/local-files.ts'
import type { SessionStart } from './inbox/inbox.ts'
import type { InstanceOptions } from './inbox/instances.ts'
import { defaultClientOptions, type NetworkAgents } from './participant/client-options.ts'
import { lineOpener } from './participant/open-line.ts'
import { ParticipantClient } from './participant/participant-client.ts'
import type { ParticipantApi } from './participant/participant-api.ts'
import type { OpenLine } from './participant/participant-line.ts'
import { RateScheduler } from './participant/rate-scheduler.ts'
import { isRefusal } from './participant/service-error.ts'
import { createWsSocketOpener } from './participant/ws-socket.ts'
import type { Log } from './platform/log.ts'
import type { ConversationStore } from './store/conversation-store.ts'
import { Secret } from './vault/secret.ts'

const rejectedToken =
  'The service does not accept this token. Check that it was copied whole, for this region, and that the chat still goes on.'
const maxCharacters = 1_024
/** A chat that is over never dials, and its token is gone. */
const forgottenToken = new Secret('')

export interface ChatWiringPorts {
  readonly clock: Clock
  readonly log: Log
  readonly store: ConversationStore
  readonly agents: () => NetworkAgents
  readonly files: LocalFiles
  readonly storageTrouble: (failure: Failure | null) => void
}

interface Runtime {
  readonly api: ParticipantApi
  readonly scheduler: RateScheduler
}

/** Wires one chat to its instance. All chats of an instance share its client and its request rates. */
export class ChatWiring {
  readonly #ports: ChatWiringPorts
  readonly #runtimes = new Map<string, Runtime>()

  constructor(ports: ChatWiringPorts) {
    this.#ports = ports
  }

  startSession({ chat, instance, participantToken, changed, finished }: SessionStart): Promise<ChatSession> {
    const { clock, log, store, files } = this.#ports
    const owner: ChatOwner = { changed, finished, storageTrouble: this.#ports.storageTrouble }
    return ChatSession.load(
      {
        clock,
        store,
        files,
        random: Math.random,
        newId: randomUUID,
        openLine: this.#openLine(instance, participantToken ?? forgottenToken),
        note: (event, facts) => {
          log.info(event, { chat: chat.chatId, ...facts })
        },
      },
      { chat, participantId: null, maxCharacters, owner },
    )
  }

  /** Rejects with the sentence for the agent when the service does not take the token. */
  async checkToken(instance: InstanceOptions, token: Secret): Promise<void> {
    const { api, scheduler } = this.#runtime(instance)
    await scheduler.take('connection', 'send')
    try {
      await api.createConnection(token, { types: ['CONNECTION_CREDENTIALS'], connectParticipant: false })
    } catch (error) {
      if (!isRefusal(error)) throw error
      throw new DeskError('rejected-token', rejectedToken, 403)
    }
  }

  #openLine(instance: InstanceOptions, participantToken: Secret): OpenLine {
    const { clock, log } = this.#ports
    const ports = {
      ...this.#runtime(instance),
      clock,
      newId: randomUUID,
      openSocket: createWsSocketOpener((url) => this.#agentFor(url)),
      note: log.info,
    }
    return lineOpener(ports, participantToken)
  }

  #agentFor(url: URL): NetworkAgents['http'] {
    const agents = this.#ports.agents()
    return url.protocol === 'wss:' ? agents.https : agents.http
  }

  #runtime(instance: InstanceOptions): Runtime {
    const key = `${instance.instanceId} ${instance.endpoint ?? ''}`
    const known = this.#runtimes.get(key)
    if (known !== undefined) return known
    const { clock, agents } = this.#ports
    const { region, endpoint } = instance
    const api = new ParticipantClient({ ...defaultClientOptions, region, endpoint, agents }, clock)
    const runtime = { api, scheduler: new RateScheduler(clock) }
    this.#runtimes.set(key, runtime)
    return runtime
  }
}
