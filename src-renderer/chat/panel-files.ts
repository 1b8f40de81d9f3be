import type { AttachmentFile, Entry } from '#shared/entry.ts'
import { type Named, senderName } from './senders.ts'
import { firstName } from '../inbox/first-name.ts'

export interface PanelFile {
  readonly file: AttachmentFile
  readonly from: string
}

/** The files of the conversation as far as it is on this page, the newest version of each. */
export function filesOf(entries: readonly Entry[], chat: Named): readonly PanelFile[] {
  const files = new Map<string, PanelFile>()
  for (const entry of entries) {
    if (entry.kind !== 'attachment') continue
    const from = firstName(senderName(entry.sender, chat))
    for (const file of entry.files) files.set(file.attachmentId, { file, from })
  }
  return [...files.values()]
}
