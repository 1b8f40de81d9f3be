import type { UploadCompletion, UploadTicket, WireFile } from '../../participant/participant-api.ts'
import { Secret } from '../../vault/secret.ts'
import { refusal } from './simulated-network.ts'

interface Attachment {
  readonly name: string
  readonly contentType: string
  isStored: boolean
  completedUnder: string | null
}

/** Attachments and their storage. Completing what was never stored is the one unforgivable thing. */
export class SimulatedFiles {
  readonly orphans: string[] = []
  readonly #attachments = new Map<string, Attachment>()

  start({ name, contentType }: WireFile): UploadTicket {
    const attachmentId = `attachment-${this.#attachments.size}`
    this.#attachments.set(attachmentId, { name, contentType, isStored: false, completedUnder: null })
    return {
      attachmentId,
      url: new Secret(`https://storage/${attachmentId}`),
      lifetime: 900_000,
      headers: {},
    }
  }

  put(attachmentId: string): void {
    const attachment = this.#attachments.get(attachmentId)
    if (attachment !== undefined) attachment.isStored = true
  }

  /** The fields of the item to post; null when it was posted before. */
  complete({ attachmentId, clientToken }: UploadCompletion): { Type: string; Attachments: unknown } | null {
    const attachment = this.#attachments.get(attachmentId)
    if (attachment === undefined) throw refusal(400)
    if (!attachment.isStored) this.orphans.push(attachmentId)
    if (attachment.completedUnder === clientToken) return null
    if (attachment.completedUnder !== null) throw refusal(409)
    attachment.completedUnder = clientToken
    const { name: AttachmentName, contentType: ContentType } = attachment
    const Attachments = [{ AttachmentId: attachmentId, AttachmentName, ContentType, Status: 'APPROVED' }]
    return { Type: 'ATTACHMENT', Attachments }
  }
}
