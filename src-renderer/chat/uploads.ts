import { type FailureCode, unreachable } from '#shared/failure.ts'
import type { Upload } from '#shared/model.ts'
import { fileSize, progressSize } from '../ui/bytes.ts'
import type { IconName } from '../ui/icon-paths.ts'

export interface UploadView {
  readonly tone: 'plain' | 'ok' | 'no'
  readonly icon: IconName
  readonly text: string
  /** 0 to 1, or null where there is nothing to measure. */
  readonly share: number | null
}

export function uploadView(upload: Upload): UploadView {
  const icon = fileIcon(upload.contentType)
  const { state } = upload
  switch (state.phase) {
    case 'staged':
      return { tone: 'plain', icon, text: kindAndSize(upload), share: null }
    case 'waiting':
      return { tone: 'plain', icon, text: waitingText(state.trouble, upload.bytes), share: 0 }
    case 'sending': {
      const share = upload.bytes === 0 ? 0 : state.sentBytes / upload.bytes
      return { tone: 'plain', icon, text: progressSize(state.sentBytes, upload.bytes), share }
    }
    case 'completing':
      return { tone: 'plain', icon, text: 'Finishing', share: 1 }
    case 'scanning':
      return { tone: 'plain', icon, text: 'Being scanned', share: 1 }
    case 'delivered':
      return { tone: 'ok', icon: 'check-circle', text: 'Delivered', share: null }
    case 'failed':
      return { tone: 'no', icon: 'alert', text: state.reason, share: null }
    default:
      return unreachable(state)
  }
}

/** Said while it goes on being tried, so without advice. */
function waitingText(trouble: FailureCode | undefined, bytes: number): string {
  switch (trouble) {
    case undefined:
      return `Waiting, ${fileSize(bytes)}`
    case 'gateway':
      return 'Waiting, a gateway answers instead of the service'
    case 'throttled':
      return 'Waiting, the service is busy'
    case 'timed-out':
      return 'Waiting, no answer in time'
    default:
      return 'Waiting, the service cannot be reached'
  }
}

/** "PDF · 1.2 MB" */
function kindAndSize({ name, contentType, bytes }: Upload): string {
  return `${fileKind(name, contentType)} · ${fileSize(bytes)}`
}

export function fileIcon(contentType: string): IconName {
  if (contentType.startsWith('image/')) return 'image'
  return contentType.startsWith('text/') || contentType.includes('pdf') || contentType.includes('word')
    ? 'file-text'
    : 'file'
}

/** "PDF", "JPEG": the ending says it better than a content type. */
export function fileKind(name: string, contentType: string): string {
  const ending = /\.([a-z0-9]{1,5})$/iu.exec(name)?.[1]
  return (ending ?? contentType.split('/')[1] ?? 'file').toUpperCase()
}

/** It has left and cannot be taken back; only its chip can go. */
export function hasLeft({ state }: Upload): boolean {
  return state.phase === 'completing' || state.phase === 'scanning'
}

const underWay = new Set<Upload['state']['phase']>(['waiting', 'sending', 'completing', 'scanning'])

export function isUnderWay(upload: Upload): boolean {
  return underWay.has(upload.state.phase)
}

/** One line for a small window: "2 files: 1 uploading, 1 failed". */
export function summariseUploads(uploads: readonly Upload[]): string {
  const ready = uploads.filter(({ state }) => state.phase === 'staged').length
  const moving = uploads.filter(isUnderWay).length
  const failed = uploads.filter(({ state }) => state.phase === 'failed').length
  const parts = [
    [ready, 'ready'],
    [moving, 'uploading'],
    [failed, 'not sent'],
  ] as const
  const told = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)
  return `${uploads.length} ${uploads.length === 1 ? 'file' : 'files'}: ${told.join(', ') || 'delivered'}`
}
