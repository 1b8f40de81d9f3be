import path from 'node:path'
import { isServed } from '#shared/link.ts'
import { AttachmentCopies } from './inbox/attachment-copies.ts'
import { type AttachmentPorts, Attachments } from './inbox/attachments.ts'
import type { Inbox, SessionStart } from './inbox/inbox.ts'
import type { ChatSession } from './chat/chat-session.ts'
import type { Clock } from './chat/clock.ts'
import type { ChatWiring } from './compose-chats.ts'
import { download } from './participant/storage-download.ts'
import type { Dialogs } from './platform/dialogs.ts'
import { MemoryShelf } from './platform/memory-shelf.ts'
import { markOrigin, systemMarks } from './platform/origin-mark.ts'
import type { PictureShelf } from './platform/picture-shelf.ts'
import { SealedShelf } from './platform/sealed-shelf.ts'
import type { Leftovers } from './platform/leftovers.ts'

export interface FilePorts {
  readonly profile: string
  readonly writeWhole: Leftovers['write']
  /** False when nothing of a customer's may reach the disk. */
  readonly maySeal: boolean
  readonly clock: Clock
  readonly dialogs: Dialogs
  readonly pictures: PictureShelf
  readonly wiring: Pick<ChatWiring, 'agents' | 'startSession'>
  readonly inbox: () => Inbox
}

export interface Files {
  readonly attachments: Attachments
  readonly copies: Pick<AttachmentCopies, 'keepOnly'>
  /** Starts a session whose customer's files are fetched as they come. */
  startSession(start: SessionStart): Promise<ChatSession>
  close(): Promise<void>
}

const mostCopyBytes = 512 * 1024 * 1024
const mostMemoryBytes = 64 * 1024 * 1024

/** The files of the conversations: copies, previews and saving. */
export async function openFiles(ports: FilePorts): Promise<Files> {
  const { clock, dialogs, pictures, wiring } = ports
  const writeWhole: AttachmentPorts['writeWhole'] = (target, pieces) =>
    ports.writeWhole(target, pieces, (part) => markOrigin(part, process.platform, systemMarks))
  const sealed = await SealedShelf.open(path.join(ports.profile, 'files'), mostCopyBytes)
  const shelf = ports.maySeal ? sealed : new MemoryShelf(mostMemoryBytes)
  const copies = new AttachmentCopies({
    clock,
    shelf,
    download: ({ instanceId, ...file }) => {
      const instance = ports.inbox().instance(instanceId)
      return download({ ...file, agents: wiring.agents(instance), endpoint: instance.endpoint })
    },
  })
  return {
    attachments: new Attachments({ dialogs, pictures, writeWhole, copies }),
    copies,
    async startSession(start) {
      let wasLive = false
      const session: ChatSession = await wiring.startSession({
        ...start,
        changed: (change) => {
          start.changed(change)
          const isLive = change.chat === null ? wasLive : isServed(change.chat.link)
          const isNews = (isLive && !wasLive) || change.upserted.some(({ kind }) => kind === 'attachment')
          wasLive = isLive
          if (isNews) copies.collect(session)
        },
      })
      return session
    },
    close: () => shelf.close(),
  }
}
