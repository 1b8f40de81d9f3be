import { shownName } from '#shared/file-name.ts'
import type { Failure } from '#shared/failure.ts'
import { unreachable } from '#shared/failure.ts'
import type { ChatId, Upload } from '#shared/model.ts'
import type { JournaledUpload } from '../store/conversation-store.ts'

/** One file on its way out, from the moment it was chosen. */
export interface UploadJob {
  readonly uploadId: string
  readonly path: string
  readonly name: string
  readonly contentType: string
  readonly bytes: number
  readonly modifiedAt: number
  readonly identity?: string | undefined
  previewUrl: string | null
  /** For the completion: the same for all its tries, a new one with every new start. */
  clientToken: string
  attachmentId: string | null
  /** Whole sequences begun since the agent last asked for it. */
  starts: number
  /** Tries in a row that only the network or something in between spoiled. */
  setbacks: number
  state: Upload['state']
  /** What the agent has to be asked before it is sent; null once answered, or when there is nothing to ask. */
  doubt: string | null
  /** The agent has seen enough of it. It shows up again only when it fails. */
  isDismissed: boolean
  /** Set while something is under way that can be given up. */
  abort: AbortController | null
}

export function shownUpload(chatId: ChatId, job: UploadJob): Upload {
  const { uploadId, contentType, bytes, previewUrl, doubt, state } = job
  return { uploadId, chatId, name: shownName(job.name), contentType, bytes, previewUrl, doubt, state }
}

export function journaled(chatId: ChatId, job: UploadJob, phase: JournaledUpload['phase']): JournaledUpload {
  const { uploadId, path, name, contentType, bytes, modifiedAt, identity, attachmentId, clientToken } = job
  const file = { path, name, contentType, bytes, modifiedAt, ...(identity !== undefined && { identity }) }
  return { uploadId, chatId, ...file, phase, attachmentId, clientToken }
}

/** What a journal has to know of it now; null when nothing. */
export function asJournaled(chatId: ChatId, job: UploadJob): JournaledUpload | null {
  const { state } = job
  const { phase } = state
  switch (phase) {
    case 'staged':
    case 'waiting':
      return journaled(chatId, job, phase)
    case 'sending':
      // With its attachment known it is stored whole, and just being noted as such.
      return journaled(chatId, job, job.attachmentId === null ? phase : 'completing')
    case 'completing':
      return journaled(chatId, job, phase)
    case 'failed': {
      const { code, reason, canRetry } = state
      return { ...journaled(chatId, job, phase), failure: { code, reason, canRetry } }
    }
    case 'scanning':
    case 'delivered':
      return null
    default:
      return unreachable(phase)
  }
}

/** A journaled 'sending' starts over: its old attachment was never completed and never will be. */
export function restoredJob(upload: JournaledUpload): UploadJob {
  const isCompleting = upload.phase === 'completing' && upload.attachmentId !== null
  return {
    uploadId: upload.uploadId,
    path: upload.path,
    name: upload.name,
    contentType: upload.contentType,
    bytes: upload.bytes,
    modifiedAt: upload.modifiedAt,
    identity: upload.identity,
    previewUrl: null,
    clientToken: upload.clientToken,
    attachmentId: isCompleting ? upload.attachmentId : null,
    starts: 0,
    setbacks: 0,
    doubt: null,
    state: restoredState(upload, isCompleting),
    isDismissed: false,
    abort: null,
  }
}

function restoredState({ phase, failure }: JournaledUpload, isCompleting: boolean): Upload['state'] {
  if (failure !== undefined) return { phase: 'failed', ...failure }
  if (isCompleting) return { phase: 'completing' }
  return { phase: phase === 'staged' ? phase : 'waiting' }
}

export function failedState({ code, message }: Failure, canRetry: boolean): Upload['state'] {
  return { phase: 'failed', code, reason: message, canRetry }
}
