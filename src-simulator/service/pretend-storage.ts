import type { SimulatorClock } from '../clock.ts'
import type { Mint } from '../mint.ts'
import type { Attachment } from '../room/attachment.ts'

/** A pre-signed URL: one method on one object until it expires. */
export type Signature = Readonly<{ method: 'PUT' | 'GET'; attachment: Attachment; expiresAt: number }>

type Tools = Readonly<{ clock: SimulatorClock; mint: Mint }>

export const storagePath = '/storage/'

/** Hands out pre-signed URLs for the bucket that stands behind attachments, and knows its own again. */
export class PretendStorage {
  readonly #tools: Tools
  readonly #signatures = new Map<string, Signature>()

  constructor(tools: Tools) {
    this.#tools = tools
  }

  signPut(attachment: Attachment, lifeMs: number): { url: string; expiresAt: number } {
    return this.#sign('PUT', attachment, lifeMs)
  }

  signGet(attachment: Attachment, lifeMs: number): { url: string; expiresAt: number } {
    return this.#sign('GET', attachment, lifeMs)
  }

  find(signature: string | null): Signature | undefined {
    return signature === null ? undefined : this.#signatures.get(signature)
  }

  clear(): void {
    this.#signatures.clear()
  }

  #sign(method: 'PUT' | 'GET', attachment: Attachment, lifeMs: number): { url: string; expiresAt: number } {
    const secret = this.#tools.mint.token('S3')
    const expiresAt = this.#tools.clock.now() + lifeMs
    this.#signatures.set(secret, { method, attachment, expiresAt })
    const query = `X-Amz-Expires=${Math.ceil(lifeMs / 1000)}&X-Amz-Signature=${secret}`
    return { url: `${storagePath}${attachment.key}?${query}`, expiresAt }
  }
}
