import type { AttachmentEntry, AttachmentFile } from '#shared/entry.ts'
import type { Link } from '#shared/link.ts'
import { ChatId } from '#shared/model.ts'
import { DeskError } from '#shared/failure.ts'
import type { FileSource } from '../inbox/attachment-copies.ts'
import type { AttachmentLocation } from '../participant/participant-api.ts'
import { Secret } from '../vault/secret.ts'

/** A chat whose files a pretend storage hands out while the chat lives. */
export class FileConversation implements FileSource {
  /** Attachments whose bytes were asked for. */
  readonly fetched: string[] = []
  /** What the next addresses asked for fail with. */
  readonly failures: DeskError[] = []
  asked = 0
  readonly #bytes = new Map<string, Uint8Array>()
  readonly #entries: AttachmentEntry[] = []
  #isOver = false

  add(
    attachmentId: string,
    bytes: Uint8Array,
    { isOwn = false, status = 'approved' }: { isOwn?: boolean; status?: AttachmentFile['status'] } = {},
  ): void {
    this.#bytes.set(attachmentId, bytes)
    const file = { attachmentId, name: `${attachmentId}.png`, contentType: 'image/png', status, bytes: null }
    this.#entries.push({
      kind: 'attachment',
      id: attachmentId,
      serviceId: attachmentId,
      at: this.#entries.length,
      seq: this.#entries.length,
      previousContactId: null,
      sender: { role: isOwn ? 'agent' : 'customer', own: isOwn, name: null, participantId: null },
      files: [file],
    })
  }

  end(): void {
    this.#isOver = true
  }

  entries(): readonly AttachmentEntry[] {
    return this.#entries
  }

  summary(): ReturnType<FileSource['summary']> {
    const link: Link = this.#isOver
      ? { phase: 'ended', at: 1, reason: 'completed' }
      : { phase: 'live', since: 1 }
    return { chatId: ChatId.parse('chat-1'), customer: 'Ana', instanceId: 'instance-1', link }
  }

  async attachment(attachmentId: string): Promise<AttachmentLocation> {
    this.asked += 1
    const failure = this.failures.shift()
    if (failure !== undefined) throw failure
    if (this.#isOver) throw new DeskError('chat-ended', 'The chat is over.')
    return { url: new Secret(attachmentId), lifetime: 1000, bytes: 0 }
  }

  async *download(url: string): AsyncGenerator<Uint8Array> {
    this.fetched.push(url)
    yield await Promise.resolve(this.#bytes.get(url) ?? Buffer.alloc(0))
  }
}
