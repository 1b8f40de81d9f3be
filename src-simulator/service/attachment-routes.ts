import { extname } from 'node:path'
import { isoTime } from '../clock.ts'
import type { Attachment } from '../room/attachment.ts'
import { awaited } from '../room/attachment.ts'
import type { Grant } from '../room/directory.ts'
import { authorOf } from '../room/participant.ts'
import type { World } from '../world.ts'
import { isAllowedFile } from './file-types.ts'
import type { Handler } from './handlers.ts'
import type { RequestOf } from './requests.ts'
import { requests } from './requests.ts'
import { accessDenied, conflict, invalid, quotaExceeded } from './service-error.ts'
import { readRequest } from './validation.ts'
import { settleVerdict } from './verdict.ts'

export const startUpload: Handler = ({ world, grant, body }) => {
  const request = readRequest(requests.StartAttachmentUpload, body)
  const { room, participant } = grant
  const { attachmentMaxBytes, attachmentTypeCheck, uploadUrlMs } = world.switches.now
  const extension = extname(request.AttachmentName).slice(1).toLowerCase()
  if (request.AttachmentSizeInBytes > attachmentMaxBytes)
    throw invalid(`Attachment size exceeds the maximum of ${attachmentMaxBytes} bytes`)
  if (!isAllowedFile({ contentType: request.ContentType, extension }, attachmentTypeCheck))
    throw invalid(`Attachment type ${request.ContentType} is not supported`)
  checkQuota(world, grant)
  const scope = `${participant.id} StartAttachmentUpload`
  const attachment = room.clientTokens.once({ scope, token: request.ClientToken }, () =>
    promise(world, grant, request),
  )
  const { url, expiresAt } = world.storage.signPut(attachment, uploadUrlMs)
  return {
    AttachmentId: attachment.id,
    UploadMetadata: {
      Url: `${world.address.http}${url}`,
      UrlExpiry: isoTime(expiresAt),
      HeadersToInclude: attachment.headersToInclude,
    },
  }
}

export const completeUpload: Handler = ({ world, grant, body }) => {
  const { AttachmentIds, ClientToken } = readRequest(requests.CompleteAttachmentUpload, body)
  const attachment = grant.room.attachments.get(AttachmentIds[0] ?? '')
  if (attachment?.ownerId !== grant.participant.id)
    throw invalid('AttachmentIds names no upload of this participant')
  attachment.completes += 1
  if (attachment.completedUnder === ClientToken) return {}
  if (attachment.completedUnder !== undefined)
    throw conflict('The attachment is already being uploaded or completed')
  if (!attachment.bytes) throw invalid('The attachment has not been uploaded')
  checkQuota(world, grant)
  const scope = `${grant.participant.id} CompleteAttachmentUpload`
  return grant.room.clientTokens.once({ scope, token: ClientToken }, () => {
    attachment.completedUnder = ClientToken
    settleVerdict(world, grant.room, { attachment, author: authorOf(grant.participant) })
    return {}
  })
}

export const getAttachment: Handler = ({ world, grant, body }) => {
  const { AttachmentId, UrlExpiryInSeconds } = readRequest(requests.GetAttachment, body)
  const { attachmentUrlSeconds, rejectedAttachmentStatus } = world.switches.now
  const attachment = grant.room.attachments.get(AttachmentId)
  if (grant.participant.role === 'CUSTOM_BOT') throw accessDenied()
  if (!attachment) throw invalid('AttachmentId is not known')
  if (attachment.status === 'REJECTED')
    throw rejectedAttachmentStatus === 403 ? accessDenied() : invalid('The attachment was rejected')
  if (attachment.status !== 'APPROVED') throw invalid('The attachment is not complete')
  const { url, expiresAt } = world.storage.signGet(
    attachment,
    (UrlExpiryInSeconds ?? attachmentUrlSeconds) * 1000,
  )
  return {
    Url: `${world.address.http}${url}`,
    UrlExpiry: isoTime(expiresAt),
    AttachmentSizeInBytes: attachment.size,
  }
}

function checkQuota(world: World, { room }: Grant): void {
  const shared = [...room.attachments.values()].filter((one) => one.status !== 'AWAITED').length
  if (shared >= world.switches.now.attachmentsPerContact)
    throw quotaExceeded('The number of attachments per contact has been exceeded')
}

function promise(world: World, grant: Grant, request: RequestOf<'StartAttachmentUpload'>): Attachment {
  const { room, participant } = grant
  const id = world.mint.id()
  const { attachmentNameInHeader } = world.switches.now
  const allowed = attachmentNameInHeader === 'ascii' ? /[^\x20-\x7e]|["\\]/g : /[\p{Cc}"\\]/gu
  const headerName = request.AttachmentName.replace(allowed, '_')
  const attachment = awaited({
    id,
    name: request.AttachmentName,
    contentType: request.ContentType,
    size: request.AttachmentSizeInBytes,
    ownerId: participant.id,
    key: `${room.initialContactId}/${id}`,
    headersToInclude: {
      'x-amz-meta-contact_id': room.contactId,
      'x-amz-meta-initial_contact_id': room.initialContactId,
      'x-amz-meta-account_id': '111122223333',
      'x-amz-meta-organization_id': '0f6c0a4e-6a0c-4a8e-9f34-0d9f3a0f4b11',
      'x-amz-acl': 'bucket-owner-full-control',
      'Content-Disposition': `attachment; filename="${headerName}"`,
      'Content-Length': String(request.AttachmentSizeInBytes),
      'Content-Type': request.ContentType,
    },
  })
  room.attachments.set(id, attachment)
  return attachment
}
