import type { Attachment } from '../room/attachment.ts'
import type { ContactRoom } from '../room/contact-room.ts'
import type { AttachmentStatus, Author, Draft } from '../room/transcript-item.ts'
import type { World } from '../world.ts'

type Shared = Readonly<{ attachment: Attachment; author: Author; verdict?: AttachmentStatus | undefined }>

/** Shares a file: in progress if the switch shows it, then the scanner's verdict. */
export function settleVerdict(world: World, room: ContactRoom, shared: Shared): string {
  const { inProgressItemPushed, verdictKeepsItemId, scanMs } = world.switches.now
  const { attachment, author } = shared
  attachment.status = 'IN_PROGRESS'
  const pending =
    inProgressItemPushed || shared.verdict === 'IN_PROGRESS' ? room.post(draftOf(shared)) : undefined
  if (pending && shared.verdict === 'IN_PROGRESS') return pending.Id
  const id = pending?.Id ?? world.mint.id()
  const settle = (): void => {
    attachment.status = shared.verdict ?? verdictOf(world, room)
    if (attachment.status === 'REJECTED') attachment.bytes = undefined
    const draft = draftOf({ attachment, author })
    const changed = pending && verdictKeepsItemId ? room.log.change(pending.Id, draft) : undefined
    if (changed) room.publish(changed)
    else room.post(pending ? draft : { ...draft, Id: id })
  }
  if (scanMs > 0) world.clock.after(scanMs, settle)
  else settle()
  return id
}

const verdictOf = (world: World, room: ContactRoom): AttachmentStatus =>
  world.faults.take('reject-attachments', { contactIds: room.contactIds }) ? 'REJECTED' : 'APPROVED'

function draftOf({ attachment, author }: Shared): Draft {
  const { id, name, contentType, status } = attachment
  const Status = status === 'AWAITED' ? 'IN_PROGRESS' : status
  return {
    Type: 'ATTACHMENT',
    Attachments: [{ AttachmentId: id, AttachmentName: name, ContentType: contentType, Status }],
    ...author,
  }
}
