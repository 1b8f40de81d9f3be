import type { AttachmentFile } from '#shared/entry.ts'
import type { Failure } from '#shared/failure.ts'
import { DeskError } from '#shared/failure.ts'
import type { Upload } from '#shared/model.ts'
import type { ConversationStore, JournaledUpload } from '../store/conversation-store.ts'
import { drained } from './drained.ts'
import { fateAtEnd, tooLate } from './upload-fate.ts'
import type { UploadJob } from './upload-job.ts'
import { asJournaled, failedState, journaled, restoredJob, shownUpload } from './upload-job.ts'
import type { UploadLimits } from './upload-rules.ts'
import type { RunnerPorts } from './upload-runner.ts'
import { UploadRunner } from './upload-runner.ts'
import { failureOf } from './trouble.ts'
import { restage, stageFile } from './upload-staging.ts'

export interface UploadPorts extends RunnerPorts {
  readonly store: Pick<ConversationStore, 'saveUpload' | 'removeUpload'>
  readonly limits: UploadLimits
  /** Files the conversation has already. */
  readonly filesUsed: () => number
}

const deliveredShownFor = 3000
const rejectedByScan: Failure = { code: 'rejected-by-scan', message: 'The file did not pass the scan.' }

/** Files on their way out, one at a time. Nothing is completed that the storage did not take whole. */
export class UploadQueue {
  readonly #ports: UploadPorts
  readonly #jobs = new Map<string, UploadJob>()
  readonly #runner: UploadRunner
  #isOver = false
  #isChanged = false

  constructor(ports: UploadPorts) {
    this.#ports = ports
    this.#runner = new UploadRunner(
      { ...ports, changed: () => this.#changed() },
      {
        next: () => this.#all.find(({ state }) => state.phase === 'waiting' || state.phase === 'completing'),
        isWanted: (job) => this.#jobs.has(job.uploadId) && !this.#isOver,
        become: (job, state) => this.#become(job, state),
        end: (job, state) => this.#end(job, state),
        removeFromJournal: (job) => this.#removeFromJournal(job),
      },
    )
  }

  list(): readonly Upload[] {
    const shown = this.#all.filter(({ isDismissed }) => !isDismissed)
    return shown.map((job) => shownUpload(this.#ports.chatId, job))
  }

  /** All uploads, null when none has changed since last asked. */
  takeChanged(): readonly Upload[] | null {
    if (!this.#isChanged) return null
    this.#isChanged = false
    return this.list()
  }

  /** Takes a chosen file in, as a chip that waits to be sent or that says why it cannot be. */
  async stage(path: string): Promise<{ uploadId: string }> {
    this.#requireLive()
    const inQueue = this.#all.filter(({ state }) => state.phase !== 'failed').length
    const job = await stageFile(path, this.#ports, this.#ports.filesUsed() + inQueue)
    this.#jobs.set(job.uploadId, job)
    this.#changed()
    await this.#keep(job)
    return { uploadId: job.uploadId }
  }

  /**
   * Resolves once all of them are in the journal. Rejects when they cannot be; those stay staged, as does what the agent
   * has not been asked about.
   */
  async send(uploadIds: readonly string[]): Promise<void> {
    this.#requireLive()
    for (const uploadId of uploadIds) {
      const job = this.#jobs.get(uploadId)
      if (job?.state.phase === 'staged' && job.doubt === null) await this.#queue(job)
    }
    this.#runner.pump()
  }

  /** The agent was asked about this file, and wants it sent. */
  async sendAnyway(uploadId: string): Promise<void> {
    this.#job(uploadId).doubt = null
    this.#changed()
    await this.send([uploadId])
  }

  async retry(uploadId: string): Promise<void> {
    this.#requireLive()
    const job = this.#job(uploadId)
    if (job.state.phase !== 'failed' || !job.state.canRetry) {
      throw new DeskError('conflict', 'This file cannot be sent again. Add it anew.')
    }
    job.clientToken = this.#ports.newId()
    job.attachmentId = null
    job.starts = 0
    await this.#queue(job)
    this.#runner.pump()
  }

  /** Also takes the chip of a failed file away, and that of one that has left: it goes on unseen. */
  async cancel(uploadId: string): Promise<void> {
    const job = this.#job(uploadId)
    const { phase } = job.state
    if (phase === 'completing' || phase === 'scanning') {
      job.isDismissed = true
      this.#changed()
      return
    }
    this.#jobs.delete(uploadId)
    job.abort?.abort()
    this.#changed()
    await this.#ports.store.removeUpload(uploadId)
  }

  restore(uploads: readonly JournaledUpload[]): void {
    for (const upload of uploads) {
      const job = restoredJob(upload)
      this.#jobs.set(upload.uploadId, job)
      if (job.state.phase === 'staged') void this.#lookAgain(job)
    }
  }

  /** The store has lost its journal. Rejects when it cannot be written. */
  async keepAgain(): Promise<void> {
    const { chatId, store } = this.#ports
    const uploads = this.#all.flatMap((job) => asJournaled(chatId, job) ?? [])
    await Promise.all(uploads.map((upload) => store.saveUpload(upload)))
  }

  open(): void {
    this.#runner.open()
  }

  shut(): void {
    this.#runner.shut()
  }

  /** The chat is over: what has not arrived will not. */
  finish(): void {
    this.#runner.shut()
    this.#isOver = true
    for (const job of this.#jobs.values()) {
      if (job.state.phase === 'failed' || job.state.phase === 'delivered') continue
      this.#end(job, failedState(fateAtEnd(job), false))
    }
  }

  /** Rejects when files that were to be sent are still here after some seconds. */
  async drained(): Promise<void> {
    if (await drained(this.#ports.clock, () => this.#leaving === 0)) return
    const count = this.#leaving
    const who = count === 1 ? '1 file is' : `${count} files are`
    throw new DeskError('conflict', `${who} still being sent. Wait for that or cancel it, then end the chat.`)
  }

  /** Files the conversation shows: an upload among them is done, whatever the answers said. */
  appeared(files: readonly AttachmentFile[]): void {
    for (const { attachmentId, status } of files) {
      const job = this.#all.find((candidate) => candidate.attachmentId === attachmentId)
      if (job !== undefined && job.state.phase !== 'delivered') this.#judge(job, status)
    }
  }

  get #leaving(): number {
    return this.#all.filter(({ state }) => leaving.has(state.phase)).length
  }

  get #all(): readonly UploadJob[] {
    return [...this.#jobs.values()]
  }

  async #queue(job: UploadJob): Promise<void> {
    await this.#ports.store.saveUpload(journaled(this.#ports.chatId, job, 'waiting'))
    if (this.#isOver) this.#end(job, failedState(tooLate, false))
    else if (this.#jobs.has(job.uploadId)) this.#become(job, { phase: 'waiting' })
    else this.#removeFromJournal(job)
  }

  /**
   * What was added, and what failed, is still there after a restart. It works all the same when the disk does not take
   * its name; only a restart would lose it.
   */
  async #keep(job: UploadJob): Promise<void> {
    const { chatId, store } = this.#ports
    const upload = asJournaled(chatId, job)
    if (upload !== null) await store.saveUpload(upload).catch(() => undefined)
    if (!this.#jobs.has(job.uploadId)) this.#removeFromJournal(job)
  }

  /** What was added before a restart: still the same file, and with its picture. */
  async #lookAgain(job: UploadJob): Promise<void> {
    const trouble = await restage(job, this.#ports).then(() => null, failureOf)
    if (job.state.phase !== 'staged') return
    if (trouble === null) this.#changed()
    else this.#end(job, failedState(trouble, false))
  }

  #judge(job: UploadJob, status: AttachmentFile['status']): void {
    if (status === 'in-progress') return this.#become(job, { phase: 'scanning' })
    if (status === 'rejected') {
      if (job.state.phase !== 'failed') this.#end(job, failedState(rejectedByScan, false))
      return
    }
    this.#end(job, { phase: 'delivered' })
    this.#ports.clock.after(deliveredShownFor, () => {
      this.#jobs.delete(job.uploadId)
      this.#changed()
    })
  }

  #changed(): void {
    this.#isChanged = true
    this.#ports.changed()
  }

  #become(job: UploadJob, state: Upload['state']): void {
    job.state = state
    this.#changed()
  }

  #end(job: UploadJob, state: Upload['state']): void {
    if (state.phase === 'failed') job.isDismissed = false
    this.#become(job, state)
    if (state.phase === 'failed') void this.#keep(job)
    else this.#removeFromJournal(job)
  }

  /** Left in the journal by a full disk, it is completed once more after a restart, which the service ignores. */
  #removeFromJournal(job: UploadJob): void {
    this.#ports.store.removeUpload(job.uploadId).catch(() => undefined)
  }

  #requireLive(): void {
    if (this.#isOver) throw new DeskError('chat-ended', 'The chat is over. Files can no longer be sent.')
  }

  #job(uploadId: string): UploadJob {
    const job = this.#jobs.get(uploadId)
    if (job === undefined) throw new DeskError('not-found', 'This file is no longer waiting.')
    return job
  }
}

const leaving: ReadonlySet<Upload['state']['phase']> = new Set(['waiting', 'sending', 'completing'])
