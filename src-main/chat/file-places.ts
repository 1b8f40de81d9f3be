import type { AttachmentEntry, Entry } from '#shared/entry.ts'
import type { ServiceAttachment } from '../participant/service-item.ts'
import { fileUpdated } from './entry-merge.ts'
import type { OrderedEntries } from './ordered-entries.ts'

/**
 * Which entry shows a file. A verdict may come in the item that was there before or in one of its own, so what holds
 * a file together is its AttachmentId, not the id of an item.
 */
export class FilePlaces {
  readonly #entries: OrderedEntries
  readonly #byAttachment = new Map<string, string>()

  constructor(entries: OrderedEntries) {
    this.#entries = entries
    for (const entry of entries.all) this.note(entry)
  }

  note(entry: Entry): void {
    if (entry.kind !== 'attachment') return
    for (const { attachmentId } of entry.files) this.#byAttachment.set(attachmentId, entry.id)
  }

  /** Tells the entries that show files of this item already. What is left is its own; null when nothing is. */
  tellElsewhere(item: ServiceAttachment, seq: () => number): ServiceAttachment | null {
    const own = item.files.filter(({ attachmentId }) => {
      const shown = this.#entries.get(this.#byAttachment.get(attachmentId) ?? '')
      if (shown?.kind !== 'attachment' || shown.serviceId === item.serviceId) return true
      this.#entries.put(filesTold(shown, item, seq))
      return false
    })
    if (own.length === item.files.length) return item
    return own.length === 0 ? null : { ...item, files: own }
  }
}

/**
 * An entry after another item spoke of its files. It stands where the first of the items stands. `seq` is its place
 * among others of that millisecond, should it move there.
 */
function filesTold(entry: AttachmentEntry, item: ServiceAttachment, seq: () => number): AttachmentEntry {
  const told = new Map(item.files.map((file) => [file.attachmentId, file]))
  const files = entry.files.map((file) => fileUpdated(file, told.get(file.attachmentId) ?? file))
  const isSame = files.every((file, index) => file === entry.files[index])
  const updated = isSame ? entry : { ...entry, files }
  if (item.at >= entry.at || !entry.files.every(({ attachmentId }) => told.has(attachmentId))) return updated
  return { ...updated, serviceId: item.serviceId, at: item.at, seq: seq() }
}
