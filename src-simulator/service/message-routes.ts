import { z } from 'zod'
import { contentTypes } from '../room/content-types.ts'
import type { Grant } from '../room/directory.ts'
import { authorOf } from '../room/participant.ts'
import type { ReceiptKind } from '../room/receipt-book.ts'
import { takesReceipts } from '../room/receipt-book.ts'
import type { TranscriptItem } from '../room/transcript-item.ts'
import type { Switches } from '../switches.ts'
import type { World } from '../world.ts'
import type { Handler } from './handlers.ts'
import { requests } from './requests.ts'
import { conflict, invalid } from './service-error.ts'
import { readPage } from './transcript-pages.ts'
import { readRequest } from './validation.ts'

export const sendMessage: Handler = ({ world, grant, body }) => {
  const { ContentType, Content, ClientToken } = readRequest(requests.SendMessage, body)
  const { room, participant } = grant
  if (!room.spec.supportedContentTypes.includes(ContentType))
    throw invalid(`ContentType ${ContentType} is not supported for this contact`)
  checkLength(ContentType, Content, world.switches.now)
  return room.clientTokens.once({ scope: `${participant.id} SendMessage`, token: ClientToken }, () => {
    const isRewritten = world.switches.now.rewriteMessages && participant.role === 'AGENT'
    const kept = isRewritten ? Content.replace(/\d+/g, '[PII]') : Content
    const draft = { Type: 'MESSAGE', ContentType, Content: kept, ...authorOf(participant) } as const
    const item = room.post(draft, { origin: participant.id })
    return { Id: item.Id, AbsoluteTime: item.AbsoluteTime, ...processingOf(world, grant, item) }
  })
}

export const sendEvent: Handler = ({ world, grant, body }) => {
  const { ContentType, Content, ClientToken } = readRequest(requests.SendEvent, body)
  const { room, participant } = grant
  const scope = `${participant.id} SendEvent`
  switch (ContentType) {
    case contentTypes.typing:
      return room.clientTokens.once({ scope, token: ClientToken }, () => named(type(world, grant)))
    case contentTypes.acknowledged:
      return room.clientTokens.once({ scope, token: ClientToken }, () =>
        named(room.join(participant) ?? { Id: world.mint.id(), AbsoluteTime: room.nextTime() }),
      )
    case contentTypes.delivered:
    case contentTypes.read: {
      const kind = ContentType === contentTypes.read ? 'read' : 'delivered'
      const messageId = messageIdIn(Content)
      return room.clientTokens.once({ scope, token: ClientToken }, () =>
        named(acknowledge(world, grant, { kind, messageId })),
      )
    }
    default:
      throw invalid(`ContentType ${ContentType} is not supported for SendEvent`)
  }
}

export const getTranscript: Handler = ({ world, grant: { room }, body }) => {
  const request = readRequest(requests.GetTranscript, body)
  return world.pageFaults.distort(room, readPage(room, request, world.switches.now), request.NextToken)
}

/** A participant is writing: seen by those who are connected, kept nowhere. */
export function type(world: World, { room, participant }: Grant): TranscriptItem {
  const item = room.post(
    { Type: 'EVENT', ContentType: contentTypes.typing, ...authorOf(participant) },
    {
      stored: false,
      origin: participant.id,
      except: world.switches.now.typingEchoed ? undefined : participant.id,
    },
  )
  room.typing.push({ participantId: participant.id, role: participant.role, time: item.AbsoluteTime })
  return item
}

/** A participant reports a message as received or read; throws ConflictException with more than two people. */
export function acknowledge(
  world: World,
  { room, participant }: Grant,
  receipt: { readonly kind: ReceiptKind; readonly messageId: string },
): TranscriptItem {
  if (!takesReceipts(room.participants))
    throw conflict('Message receipts are not supported with more than two active participants')
  if (!room.log.find(receipt.messageId)) throw invalid('messageId is not an item of this transcript')
  const time = room.nextTime()
  const entry = room.receipts.record(receipt.messageId, participant.id, { kind: receipt.kind, time })
  return room.post(
    {
      Type: 'MESSAGEMETADATA',
      ContentType: contentTypes.metadata,
      MessageMetadata: { MessageId: receipt.messageId, Receipts: [entry] },
    },
    { stored: false, except: world.switches.now.metadataToAll ? undefined : participant.id },
  )
}

const named = ({ Id, AbsoluteTime }: Pick<TranscriptItem, 'Id' | 'AbsoluteTime'>): object => ({
  Id,
  AbsoluteTime,
})

function messageIdIn(content: string | undefined): string {
  const parsed = z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue('not JSON')
        return z.NEVER
      }
    })
    .pipe(z.object({ messageId: z.string().min(1) }))
    .safeParse(content)
  if (!parsed.success) throw invalid('Content must be JSON text with a messageId')
  return parsed.data.messageId
}

function checkLength(contentType: string, content: string, switches: Switches): void {
  const limit =
    contentType === contentTypes.json
      ? 12_000
      : contentType === contentTypes.interactiveResponse
        ? 12_288
        : switches.maxTextLength
  if (lengthOf(content, switches) > limit)
    throw invalid(
      `1 validation error detected: Value at 'content' failed to satisfy constraint: Member must have length less than or equal to ${limit}`,
    )
}

function lengthOf(content: string, { textLengthIn }: Switches): number {
  if (textLengthIn === 'bytes') return Buffer.byteLength(content)
  return textLengthIn === 'utf-16-units' ? content.length : Array.from(content).length
}

/** Reports a message as being processed and settles it a moment later, if the switch says so. */
function processingOf(world: World, { room }: Grant, item: TranscriptItem): object {
  const { messageProcessing } = world.switches.now
  if (messageProcessing === 'unreported') return {}
  const settled = { settles: undefined, fails: 'FAILED', rejects: 'REJECTED' } as const
  world.clock.after(200, () => {
    const MessageProcessingStatus = settled[messageProcessing]
    const change = { MessageId: item.Id, ...(MessageProcessingStatus && { MessageProcessingStatus }) }
    const changed = room.log.change(item.Id, { MessageMetadata: change })
    if (changed) room.publish(changed)
  })
  return { MessageMetadata: { MessageId: item.Id, MessageProcessingStatus: 'PROCESSING' } }
}
