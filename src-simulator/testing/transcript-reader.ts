import type { ContactHandle } from '../contact-handle.ts'
import type { TranscriptItem } from '../room/transcript-item.ts'
import type { Simulator } from '../simulator.ts'
import { call } from './chat-client.ts'

export type Page = {
  texts: (string | undefined)[]
  next: string | undefined
  items: TranscriptItem[]
  status: number
}

/** Reads transcripts of a simulator with an agent's connection token, unless another is named. */
export class TranscriptReader {
  readonly token: string
  readonly #sim: Simulator

  private constructor(sim: Simulator, token: string) {
    this.#sim = sim
    this.token = token
  }

  static async of(sim: Simulator, contact: ContactHandle): Promise<TranscriptReader> {
    const connection = await call(sim, 'connection', {
      token: contact.agent.participantToken,
      body: { Type: ['CONNECTION_CREDENTIALS'] },
    })
    const { ConnectionToken } = connection.body['ConnectionCredentials'] as { ConnectionToken: string }
    return new TranscriptReader(sim, ConnectionToken)
  }

  async read(request: object, by = this.token): Promise<Page> {
    const { body, status } = await call(this.#sim, 'transcript', { token: by, body: request })
    const items = (body['Transcript'] ?? []) as TranscriptItem[]
    return {
      items,
      status,
      texts: items.map((item) => item.Content),
      next: body['NextToken'] as string | undefined,
    }
  }
}

/** The numbers from one to the other as texts, in either direction. */
export const numbers = (from: number, to: number): string[] =>
  Array.from({ length: Math.abs(to - from) + 1 }, (_, index) => String(from + Math.sign(to - from) * index))
