import type { Output } from '#shared/contract.ts'
import type { Entry } from '#shared/entry.ts'
import { DeskError } from '#shared/failure.ts'
import type { Chat } from '#shared/model.ts'
import { jsonFormat } from './json-format.ts'
import { textFormat } from './text-format.ts'
import type { TranscriptFormat } from './transcript.ts'

export interface ExportableChat {
  summary(): Chat
  /** In conversation order. */
  entries(): readonly Entry[]
}

export interface SaveRequest {
  readonly title: string
  readonly suggestedName: string
  readonly extension: string
  readonly typeName: string
}

export interface ExporterPorts {
  /** Null when the person cancelled. */
  readonly chooseFile: (request: SaveRequest) => Promise<string | null>
  readonly showInFolder: (path: string) => void
  /** Replaces the file whole or not at all. Rejects with `DeskError`. */
  readonly writeWhole: (path: string, pieces: Iterable<string>) => Promise<{ bytes: number; sha256: string }>
  readonly instanceLabel: (instanceId: string) => string
  readonly now: () => number
  readonly newExportId: () => string
}

type Exported = Output<'transcript.export'>
type FormatName = 'text' | 'json'

const formats: Readonly<Record<FormatName, TranscriptFormat>> = { text: textFormat, json: jsonFormat }

/** Puts one conversation on disk where the person says. The page learns the file's name, never its path. */
export class TranscriptExporter {
  readonly #ports: ExporterPorts
  readonly #paths = new Map<string, string>()

  constructor(ports: ExporterPorts) {
    this.#ports = ports
  }

  async export(chat: ExportableChat, formatName: FormatName): Promise<Exported> {
    const format = formats[formatName]
    const summary = chat.summary()
    const path = await this.#ports.chooseFile({
      title: `Export the conversation with ${summary.customer}`,
      suggestedName: suggestName(summary, format.extension),
      extension: format.extension,
      typeName: format.typeName,
    })
    if (path === null) return { outcome: 'cancelled' }
    const entries = chat.entries()
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const head = { ...this.#head(chat.summary()), exportedAt: this.#ports.now(), timeZone }
    const { bytes, sha256 } = await this.#ports.writeWhole(path, format.write({ head, entries }))
    const exportId = this.#ports.newExportId()
    this.#paths.set(exportId, path)
    return { outcome: 'saved', exportId, fileName: lastPart(path), bytes, sha256, entries: entries.length }
  }

  show(exportId: string): void {
    const path = this.#paths.get(exportId)
    if (path === undefined)
      throw new DeskError('not-found', 'This export is no longer known. Look in its folder.')
    this.#ports.showInFolder(path)
  }

  #head(chat: Chat) {
    const { contactId, queue, startedAt, completeUpTo, link } = chat
    const endedAt = link.phase === 'ended' ? link.at : null
    const instance = this.#ports.instanceLabel(chat.instanceId)
    const customer = chat.knownAs === null ? chat.customer : `${chat.customer} (${chat.knownAs})`
    return { customer, contactId, queue, instance, startedAt, endedAt, completeUpTo }
  }
}

/** From the contact and the day, never from what a customer wrote. */
export function suggestName(
  chat: Pick<Chat, 'contactId' | 'chatId' | 'startedAt'>,
  extension: string,
): string {
  const day = new Date(chat.startedAt).toISOString().slice(0, 10)
  const contact = (chat.contactId ?? chat.chatId).replaceAll(/[^A-Za-z0-9-]/g, '').slice(0, 64)
  return `transcript-${day}-${contact}.${extension}`
}

function lastPart(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path
}
