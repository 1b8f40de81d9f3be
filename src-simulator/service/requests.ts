import { z } from 'zod'

const text = (max: number, min = 1): z.ZodString => z.string().min(min).max(max)
const clientToken = text(500, 0).optional()
const contentType = text(100)
const sessionId = text(36, 36)
const attachmentId = text(256)

/** What each operation takes, with the lengths of the published model. */
export const requests = {
  CreateParticipantConnection: z.object({
    Type: z
      .array(z.enum(['WEBSOCKET', 'CONNECTION_CREDENTIALS', 'WEBRTC_CONNECTION']))
      .min(1)
      .optional(),
    ConnectParticipant: z.boolean().optional(),
  }),
  DisconnectParticipant: z.object({ ClientToken: clientToken }),
  SendMessage: z.object({ ContentType: contentType, Content: text(16_384), ClientToken: clientToken }),
  SendEvent: z.object({
    ContentType: contentType,
    Content: text(16_384).optional(),
    ClientToken: clientToken,
  }),
  GetTranscript: z.object({
    ContactId: text(256).optional(),
    MaxResults: z.number().int().min(0).max(100).optional(),
    NextToken: text(1000).optional(),
    ScanDirection: z.enum(['FORWARD', 'BACKWARD']).optional(),
    SortOrder: z.enum(['DESCENDING', 'ASCENDING']).optional(),
    StartPosition: z
      .object({
        Id: text(256).optional(),
        AbsoluteTime: text(100).optional(),
        MostRecent: z.number().int().min(0).max(100).optional(),
      })
      .optional(),
  }),
  StartAttachmentUpload: z.object({
    ContentType: text(255),
    AttachmentSizeInBytes: z.number().int().min(1),
    AttachmentName: text(256),
    ClientToken: text(500),
  }),
  CompleteAttachmentUpload: z.object({
    AttachmentIds: z.array(attachmentId).min(1).max(1),
    ClientToken: text(500),
  }),
  GetAttachment: z.object({
    AttachmentId: attachmentId,
    UrlExpiryInSeconds: z.number().int().min(5).max(300).optional(),
  }),
  DescribeView: z.object({ ViewToken: text(1000) }),
  GetAuthenticationUrl: z.object({ SessionId: sessionId, RedirectUri: text(1024) }),
  CancelParticipantAuthentication: z.object({ SessionId: sessionId }),
} as const

export type RequestOf<Name extends keyof typeof requests> = z.output<(typeof requests)[Name]>
