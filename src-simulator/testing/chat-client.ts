import { WebSocket } from 'ws'
import type { TranscriptItem } from '../room/transcript-item.ts'
import type { Simulator } from '../simulator.ts'

/** The answer to one raw call, as a client without any SDK sees it. */
export type Answer = Readonly<{ status: number; headers: Headers; body: Record<string, unknown> }>

/** Calls one operation path with a bearer token. */
export async function call(
  simulator: Simulator,
  path: string,
  request: { readonly token?: string; readonly body?: unknown; readonly method?: string } = {},
): Promise<Answer> {
  const method = request.method ?? 'POST'
  const response = await fetch(`${simulator.endpoint}/participant/${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(request.token !== undefined && { 'x-amz-bearer': request.token }),
    },
    ...(method === 'POST' && { body: JSON.stringify(request.body ?? {}) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : (JSON.parse(text) as Answer['body']),
  }
}

export type Connection = Readonly<{ connectionToken: string; url: string; answer: Answer }>

/** CreateParticipantConnection for both, as an agent's client does it. */
export async function connect(simulator: Simulator, participantToken: string): Promise<Connection> {
  const answer = await call(simulator, 'connection', {
    token: participantToken,
    body: { Type: ['WEBSOCKET', 'CONNECTION_CREDENTIALS'], ConnectParticipant: true },
  })
  const { Websocket, ConnectionCredentials } = answer.body as {
    Websocket?: { Url: string }
    ConnectionCredentials?: { ConnectionToken: string }
  }
  return {
    connectionToken: ConnectionCredentials?.ConnectionToken ?? '',
    url: Websocket?.Url ?? '',
    answer,
  }
}

type Frame = Record<string, unknown>

/** A websocket that keeps what it receives and lets a test wait for it. */
export class TestSocket {
  readonly frames: Frame[] = []
  readonly raw: string[] = []
  readonly closed: Promise<number>
  readonly #socket: WebSocket
  #waiting: (() => void)[] = []

  private constructor(socket: WebSocket) {
    this.#socket = socket
    this.closed = new Promise((resolve) => {
      socket.once('close', resolve)
    })
    socket.on('error', () => undefined)
    socket.on('message', (data: Buffer) => {
      const text = data.toString()
      this.raw.push(text)
      try {
        this.frames.push(JSON.parse(text) as Frame)
      } catch {
        this.frames.push({ unreadable: text })
      }
      for (const look of this.#waiting.splice(0)) look()
    })
  }

  /** Rejects when the handshake is refused. */
  static async open(url: string): Promise<TestSocket> {
    const socket = new WebSocket(url)
    const opened = new TestSocket(socket)
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('error', reject)
    })
    return opened
  }

  static async subscribed(url: string): Promise<TestSocket> {
    const socket = await TestSocket.open(url)
    socket.send({ topic: 'aws/subscribe', content: { topics: ['aws/chat'] } })
    await socket.until(() => socket.frames.some((frame) => frame['topic'] === 'aws/subscribe'))
    return socket
  }

  send(frame: unknown): void {
    this.#socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  }

  /** The chat items so far; what is none counts as an empty event. */
  get items(): readonly TranscriptItem[] {
    return this.frames.filter((frame) => frame['topic'] === 'aws/chat').map((frame) => itemIn(frame))
  }

  get texts(): readonly (string | undefined)[] {
    return this.items.filter((item) => item.Type === 'MESSAGE').map((item) => item.Content)
  }

  /** Settles once `isSo`; looks again with every frame. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo())
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve)
      })
  }

  close(): void {
    this.#socket.close()
  }
}

/** An agent who is connected and listening. */
export async function agentOn(
  simulator: Simulator,
  participantToken: string,
): Promise<Connection & { socket: TestSocket }> {
  const connection = await connect(simulator, participantToken)
  return { ...connection, socket: await TestSocket.subscribed(connection.url) }
}

const noItem: TranscriptItem = { Id: '', AbsoluteTime: '', Type: 'EVENT' }

function itemIn(frame: Frame): TranscriptItem {
  try {
    return (JSON.parse(String(frame['content'])) as TranscriptItem | null) ?? noItem
  } catch {
    return noItem
  }
}
