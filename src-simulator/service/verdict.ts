import type { Attachment } from '../room/attachment.ts'
import type { ContactRoom } from '../room/contact-room.ts'
import type { AttachmentStatus, Author, Draft } from '../room/transcript-item.ts'
import type { World } from '../world.ts'

type Shared = Readonly<{ attachment: Attachment; author: Author; verdict?: AttachmentStatus | undefined }>

/** Shares a file: in progress if the switch shows it, then the scanner's verdict. Returns the id of the item. */
export function settleVerdict(
  world: World,
  room: ContactRoom,
  { attachment, author, verdict }: Shared,
): string {
  const { inProgressItemPushed, scanMs } = world.switches.now
  attachment.status = 'IN_PROGRESS'
  attachment.author = author
  attachment.itemId = world.mint.id()
  if (inProgressItemPushed || verdict === 'IN_PROGRESS') {
    room.post({ ...draftOf(attachment), Id: attachment.itemId })
    attachment.isShown = true
  }
  const itemId = attachment.itemId
  if (verdict === 'IN_PROGRESS') return itemId
  const settle = (): void =>
    passVerdict(world, room, { attachment, verdict: verdict ?? verdictOf(world, room) })
  if (scanMs > 0) world.clock.after(scanMs, settle)
  else settle()
  return itemId
}

/** Says what became of a file, in the place of the item in progress or as an item of its own. */
export function passVerdict(
  world: World,
  room: ContactRoom,
  { attachment, verdict }: { readonly attachment: Attachment; readonly verdict: 'APPROVED' | 'REJECTED' },
): void {
  if (attachment.status !== 'IN_PROGRESS' || room.endedAt !== undefined) return
  attachment.status = verdict
  if (verdict === 'REJECTED') attachment.bytes = undefined
  const draft = draftOf(attachment)
  if (attachment.isShown && !world.switches.now.verdictKeepsItemId) {
    attachment.itemId = room.post(draft).Id
    return
  }
  const changed = attachment.isShown ? room.log.change(attachment.itemId, draft) : undefined
  if (changed) room.publish(changed)
  else room.post({ ...draft, Id: attachment.itemId })
}

const verdictOf = (world: World, room: ContactRoom): 'APPROVED' | 'REJECTED' =>
  world.faults.take('reject-attachments', { contactIds: room.contactIds }) ? 'REJECTED' : 'APPROVED'

function draftOf({ id, name, contentType, status, author }: Attachment): Draft {
  const Status = status === 'AWAITED' ? 'IN_PROGRESS' : status
  return {
    Type: 'ATTACHMENT',
    Attachments: [{ AttachmentId: id, AttachmentName: name, ContentType: contentType, Status }],
    ...author,
  }
}
