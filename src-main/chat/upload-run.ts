import type { Failure } from '#shared/failure.ts'
import { DeskError, unreachable } from '#shared/failure.ts'
import type { LineCalls } from '../participant/participant-line.ts'
import { isSameFile, type LocalFile, type LocalFiles } from './local-files.ts'
import { willPass } from './trouble.ts'
import type { UploadJob } from './upload-job.ts'

export interface TransferPorts {
  readonly files: LocalFiles
  readonly calls: Pick<LineCalls, 'startAttachmentUpload' | 'storeFile'>
  readonly newId: () => string
}

/** Brings the bytes into the storage, at a fresh address. Returns the attachment that may now be completed. */
export async function transferFile(
  job: UploadJob,
  ports: TransferPorts,
  { signal, progressed }: { signal: AbortSignal; progressed: (sentBytes: number) => void },
): Promise<string> {
  const { name, contentType, bytes, path } = job
  const file = await ports.files.open(path)
  try {
    requireSame(file.facts, job)
    const wish = { name, contentType, bytes, clientToken: ports.newId() }
    const ticket = await ports.calls.startAttachmentUpload(wish, { signal })
    await ports.calls.storeFile(ticket, { bytes, progressed, read: () => file.read() }, { signal })
    return ticket.attachmentId
  } finally {
    await file.close()
  }
}

/** Rejects when the file is gone, or is no longer what the agent added. */
export async function requireUnchanged(job: UploadJob, files: LocalFiles): Promise<LocalFile> {
  const found = await files.inspect(job.path)
  requireSame(found, job)
  return found
}

function requireSame(found: LocalFile, job: UploadJob): void {
  if (isSameFile(found, job)) return
  throw new DeskError('file-unreadable', `${job.name} has changed since it was added. Add it again.`)
}

export type AfterFailure =
  | { readonly do: 'again' }
  /** The service has it, although this answer said otherwise. */
  | { readonly do: 'arrived' }
  | { readonly do: 'end'; readonly canRetry: boolean }
  | { readonly do: 'nothing' }

/** Whole sequences that the storage itself refused, each with a fresh address, before the agent is asked. */
const mostStarts = 4

export function afterFailure(
  { state, starts }: UploadJob,
  failure: Failure,
  isSpoiled: boolean,
): AfterFailure {
  switch (state.phase) {
    case 'completing':
      if (willPass(failure)) return { do: 'again' }
      // It is being completed already, by a try whose answer got lost.
      if (failure.status === 409) return { do: 'arrived' }
      return { do: 'end', canRetry: canBeRetried(failure) }
    case 'sending':
      if (isSpoiled || (isWorthAnotherStart(failure) && starts < mostStarts)) return { do: 'again' }
      return { do: 'end', canRetry: canBeRetried(failure) }
    // Its item came first.
    case 'scanning':
    case 'delivered':
    case 'failed':
    case 'staged':
    case 'waiting':
      return { do: 'nothing' }
    default:
      return unreachable(state)
  }
}

/** The storage refusing an address, or the network failing, says nothing about the file. */
function isWorthAnotherStart(failure: Failure): boolean {
  return willPass(failure) || failure.code === 'storage-refused'
}

/** Whether the agent may try again, after what we tried ourselves. */
function canBeRetried(failure: Failure): boolean {
  return isWorthAnotherStart(failure) || retryable.has(failure.code)
}

const retryable: ReadonlySet<Failure['code']> = new Set([
  'denied',
  'conflict',
  'disk-full',
  'read-only',
  'not-saved',
  'internal',
])
