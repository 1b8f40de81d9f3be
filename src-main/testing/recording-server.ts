import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { Socket } from 'node:net'

export interface Recorded {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export type Answer = (request: Recorded, response: ServerResponse) => void

/** A server that remembers what it was asked and answers as told. */
export class RecordingServer {
  readonly requests: Recorded[] = []
  readonly #server = createServer((request, response) => void this.#take(request, response))
  #answer: Answer = (_, response) => response.setHeader('etag', '"1"').end('{}')

  static async start(): Promise<RecordingServer> {
    const recorder = new RecordingServer()
    await new Promise<void>((resolve) => recorder.#server.listen(0, '127.0.0.1', resolve))
    return recorder
  }

  get url(): string {
    const address = this.#server.address()
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  }

  answer(answer: Answer): void {
    this.#answer = answer
  }

  /** Does something to every connection before a request is read. */
  onConnection(act: (socket: Socket) => void): void {
    this.#server.on('connection', act)
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer)
    } catch {
      return
    }
    const recorded = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    }
    this.requests.push(recorded)
    this.#answer(recorded, response)
  }
}
