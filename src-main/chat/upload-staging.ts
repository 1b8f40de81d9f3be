import type { LocalFiles } from './local-files.ts'
import type { UploadJob } from './upload-job.ts'
import { failedState } from './upload-job.ts'
import type { UploadLimits } from './upload-rules.ts'
import { contentTypeOf, doubtOf, refusalOf } from './upload-rules.ts'
import { requireUnchanged } from './upload-run.ts'

export interface StagingPorts {
  readonly files: LocalFiles
  readonly limits: UploadLimits
  readonly newId: () => string
}

/** A chosen file as a job: waiting for the agent's word, or failed with the reason why it cannot be sent. */
export async function stageFile(path: string, ports: StagingPorts, filesUsed: number): Promise<UploadJob> {
  const { files, limits, newId } = ports
  const file = await files.inspect(path)
  const refusal = refusalOf(file, filesUsed, limits)
  return {
    uploadId: newId(),
    path,
    name: file.name,
    bytes: file.bytes,
    modifiedAt: file.modifiedAt,
    identity: file.identity,
    contentType: contentTypeOf(file.name),
    previewUrl: refusal === null ? await files.preview(path) : null,
    clientToken: newId(),
    attachmentId: null,
    starts: 0,
    setbacks: 0,
    doubt: refusal === null ? doubtOf(file, limits) : null,
    state: refusal === null ? { phase: 'staged' } : failedState(refusal, false),
    isDismissed: false,
    abort: null,
  }
}

/** Brings back what only this run knows of a file that was staged in an earlier one. */
export async function restage(
  job: UploadJob,
  { files, limits }: Pick<StagingPorts, 'files' | 'limits'>,
): Promise<void> {
  job.doubt = doubtOf(await requireUnchanged(job, files), limits)
  job.previewUrl = await files.preview(job.path)
}
