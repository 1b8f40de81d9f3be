import { call } from '../../testing/chat-client.ts'
import type { BrowserPage } from './browser-page.ts'
import type { WebSocketManager } from './chat-js-session.ts'
import type { Person } from './participant-client.ts'
import { credentialsOf } from './participant-client.ts'

/** As long as the official clients keep a socket. */
const transportLifeTimeInSeconds = 3540

type SharedManager = Omit<WebSocketManager, 'init' | 'closeWebSocket' | 'terminateWebSocketManager'>
type Transport = { url: string; expiry: string }
type ChatToken = { participantToken: string; expiry: string }

/**
 * Stands in for Streams on an agent's page: one socket for all chats, run by Amazon's own manager, and a
 * connection token per chat. In the place of the two control-plane calls behind these stands
 * CreateParticipantConnection, once for the socket and once for the token.
 */
export class AgentDesk {
  /** The call for a chat's token fails, as it does for a stale login. */
  refusesTokens = false
  readonly #page: BrowserPage
  readonly #chats: Person[] = []
  #shared: SharedManager | undefined

  constructor(page: BrowserPage) {
    this.#page = page
  }

  /** `connect.core.getWebSocketManager()`, for a page that has this chat too. */
  socketFor(person: Person): SharedManager {
    this.#chats.push(person)
    return (this.#shared ??= this.#start())
  }

  /** `connection.getConnectionToken()` of one chat. */
  async tokenFor(person: Person): Promise<{ chatTokenTransport: ChatToken }> {
    if (this.refusesTokens) throw new Error('createTransport failed')
    const { ConnectionCredentials } = await ask<{
      ConnectionCredentials: { ConnectionToken: string; Expiry: string }
    }>(person, 'CONNECTION_CREDENTIALS')
    const { ConnectionToken, Expiry } = ConnectionCredentials
    return { chatTokenTransport: { participantToken: ConnectionToken, expiry: Expiry } }
  }

  #start(): SharedManager {
    const manager = this.#page.connect.WebSocketManager.create()
    void manager.init(async () => ({
      webSocketTransport: { ...(await this.#transport()), transportLifeTimeInSeconds },
    }))
    // Streams hands out no way to close its socket or to start another, so there is none here.
    const { closeWebSocket: _close, terminateWebSocketManager: _terminate, init: _init, ...shared } = manager
    return shared
  }

  async #transport(): Promise<Transport> {
    const chat = this.#chats.find(({ contact }) => !contact.hasEnded)
    if (!chat) throw new Error('The agent has no chat to open a socket for')
    const { Websocket } = await ask<{ Websocket: { Url: string; ConnectionExpiry: string } }>(
      chat,
      'WEBSOCKET',
    )
    return { url: Websocket.Url, expiry: Websocket.ConnectionExpiry }
  }
}

async function ask<Reply>(person: Person, type: string): Promise<Reply> {
  const { participantToken } = credentialsOf(person)
  const answer = await call(person.simulator, 'connection', {
    token: participantToken,
    body: { Type: [type] },
  })
  if (answer.status !== 200) throw new Error(`createTransport failed with ${answer.status}`)
  return answer.body as Reply
}
