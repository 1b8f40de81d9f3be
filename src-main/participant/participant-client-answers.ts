import type { StartPosition } from '@aws-sdk/client-connectparticipant'
import { z } from 'zod'
import type * as api from './participant-api.ts'
import type { RawAnswer } from './participant-client-sdk.ts'
import { undeliveredBy } from './processing-status.ts'
import { ServiceError } from './service-error.ts'

const Transcript = z.looseObject({
  InitialContactId: z.string().nullish().catch(null),
  /** Without it the page says nothing: it may be the answer of something that is not the service. */
  Transcript: z.array(z.unknown()),
  NextToken: z.string().nullish().catch(null),
})

/** The page as it came over the wire, unmodelled fields included. */
export function transcriptPage(answer: RawAnswer): api.TranscriptPage {
  const page = Transcript.safeParse(answer.body)
  if (!page.success) throw incomplete()
  const { InitialContactId: initialContactId, Transcript: items, NextToken: nextToken } = page.data
  return {
    initialContactId: initialContactId ?? null,
    items,
    nextToken: nextToken === undefined || nextToken === '' ? null : nextToken,
    at: answer.date,
  }
}

export function accepted(answer: {
  Id?: string | undefined
  AbsoluteTime?: string | undefined
  MessageMetadata?: { MessageProcessingStatus?: string | undefined } | undefined
}): api.Accepted {
  const at = Date.parse(answer.AbsoluteTime ?? '')
  if (!answer.Id || Number.isNaN(at)) throw incomplete()
  const undelivered = undeliveredBy(answer.MessageMetadata?.MessageProcessingStatus)
  return { serviceId: answer.Id, at, ...(undelivered !== null && { undelivered }) }
}

export function startPosition(start: api.TranscriptStart): StartPosition {
  if ('id' in start) return { Id: start.id }
  if ('time' in start) return { AbsoluteTime: new Date(start.time).toISOString() }
  return { MostRecent: start.mostRecent }
}

/** A success without what it should have carried. Whether the service acted on the call is unknown. */
export function incomplete(): ServiceError {
  return new ServiceError(
    'service-unavailable',
    'The service gave an incomplete answer. Try again in a moment.',
  )
}
