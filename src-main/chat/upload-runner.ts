import type { Failure } from '#shared/failure.ts'
import { DeskError, unreachable } from '#shared/failure.ts'
import type { ChatId, Upload } from '#shared/model.ts'
import type { LineCalls } from '../participant/participant-line.ts'
import type { ConversationStore } from '../store/conversation-store.ts'
import type { Backoff } from './backoff.ts'
import type { Clock, Stop } from './clock.ts'
import type { LocalFiles } from './local-files.ts'
import { failureOf, willPass } from './trouble.ts'
import type { UploadJob } from './upload-job.ts'
import { failedState, journaled } from './upload-job.ts'
import { afterFailure, transferFile } from './upload-run.ts'

export interface RunnerPorts {
  readonly chatId: ChatId
  readonly clock: Clock
  readonly backoff: Backoff
  readonly store: Pick<ConversationStore, 'saveUpload'>
  readonly files: LocalFiles
  readonly calls: Pick<LineCalls, 'startAttachmentUpload' | 'storeFile' | 'completeAttachmentUpload'>
  readonly newId: () => string
  /** What the conversation will not be told about the file it is going to show. */
  readonly measured: (attachmentId: string, bytes: number) => void
  /** A file was delivered but has not shown up. */
  readonly missed: () => void
  readonly changed: () => void
}

export interface RunnerQueue {
  next(): UploadJob | undefined
  /** False once the agent cancelled the job or the chat ended. */
  isWanted(job: UploadJob): boolean
  become(job: UploadJob, state: Upload['state']): void
  end(job: UploadJob, state: Upload['state']): void
  removeFromJournal(job: UploadJob): void
}

const echoExpectedWithin = 5000
const progressEvery = 100

/** Carries one upload at a time through start, transfer and completion, while the line is up. */
export class UploadRunner {
  readonly #ports: RunnerPorts
  readonly #queue: RunnerQueue
  #isOpen = false
  #running: UploadJob | null = null
  #stopPause: Stop | null = null
  #stopTelling: Stop | null = null

  constructor(ports: RunnerPorts, queue: RunnerQueue) {
    this.#ports = ports
    this.#queue = queue
  }

  open(): void {
    this.#isOpen = true
    this.pump()
  }

  shut(): void {
    this.#isOpen = false
    this.#stopPause?.()
    this.#stopPause = null
    this.#running?.abort?.abort()
  }

  pump(): void {
    if (!this.#isOpen || this.#running !== null || this.#stopPause !== null) return
    const job = this.#queue.next()
    if (job !== undefined) void this.#run(job)
  }

  async #run(job: UploadJob): Promise<void> {
    this.#running = job
    const abort = new AbortController()
    job.abort = abort
    try {
      if (job.state.phase !== 'completing') await this.#transfer(job, abort.signal)
      await this.#complete(job, abort.signal)
    } catch (error) {
      this.#failed(job, failureOf(error))
    }
    job.abort = null
    this.#running = null
    this.pump()
  }

  async #transfer(job: UploadJob, signal: AbortSignal): Promise<void> {
    const { store, chatId } = this.#ports
    job.starts += 1
    this.#queue.become(job, { phase: 'sending', sentBytes: 0 })
    const progressed = (sentBytes: number) => this.#progressed(job, sentBytes)
    const attachmentId = await transferFile(job, this.#ports, { signal, progressed })
    this.#requireWanted(job)
    job.attachmentId = attachmentId
    job.setbacks = 0
    this.#ports.measured(attachmentId, job.bytes)
    // Only what the journal knows may be completed: after a crash it must not be sent a second time.
    await store.saveUpload(journaled(chatId, job, 'completing'))
    this.#requireWanted(job)
    this.#queue.become(job, { phase: 'completing' })
  }

  async #complete(job: UploadJob, signal: AbortSignal): Promise<void> {
    const { attachmentId, clientToken } = job
    if (attachmentId === null) throw new Error('There is no attachment to complete.')
    await this.#ports.calls.completeAttachmentUpload({ attachmentId, clientToken }, { signal })
    this.#arrived(job)
  }

  /** The service has it; the conversation shows it once its item comes. */
  #arrived(job: UploadJob): void {
    this.#queue.removeFromJournal(job)
    if (job.state.phase !== 'completing') return
    this.#queue.become(job, { phase: 'scanning' })
    this.#ports.clock.after(echoExpectedWithin, () => {
      if (job.state.phase === 'scanning') this.#ports.missed()
    })
  }

  #failed(job: UploadJob, failure: Failure): void {
    if (!this.#queue.isWanted(job)) return
    // A try that an outage cut short or something in between spoiled says nothing about the file. One that is cut
    // while the rest of the chat goes on is about the way to the storage, of which the agent is told.
    const isSpoiled = willPass(failure) && !(failure.code === 'unreachable' && this.#isOpen)
    if (isSpoiled && job.state.phase === 'sending') job.starts -= 1
    job.setbacks = isSpoiled && this.#isOpen ? job.setbacks + 1 : 0
    const next = afterFailure(job, failure, isSpoiled)
    switch (next.do) {
      case 'again':
        if (job.state.phase === 'sending') this.#queue.become(job, waitingState(job, failure))
        return this.#pause(Math.max(job.starts, job.setbacks))
      case 'arrived':
        return this.#arrived(job)
      case 'end':
        return this.#queue.end(job, failedState(failure, next.canRetry))
      case 'nothing':
        return
      default:
        return unreachable(next)
    }
  }

  #pause(attempt: number): void {
    if (!this.#isOpen) return
    this.#stopPause = this.#ports.clock.after(this.#ports.backoff(Math.max(attempt, 1)), () => {
      this.#stopPause = null
      this.pump()
    })
  }

  #progressed(job: UploadJob, sentBytes: number): void {
    if (job.state.phase !== 'sending') return
    job.state = { phase: 'sending', sentBytes }
    this.#stopTelling ??= this.#ports.clock.after(progressEvery, () => {
      this.#stopTelling = null
      this.#ports.changed()
    })
  }

  #requireWanted(job: UploadJob): void {
    if (this.#queue.isWanted(job)) return
    this.#queue.removeFromJournal(job)
    throw new DeskError('cancelled', 'The upload was cancelled.')
  }
}

/** One try or two may be spoiled without a word. */
function waitingState({ setbacks }: UploadJob, { code }: Failure): Upload['state'] {
  return setbacks > 1 ? { phase: 'waiting', trouble: code } : { phase: 'waiting' }
}
