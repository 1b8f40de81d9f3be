import { ChatId } from '#shared/model.ts'
import type { LocalFile } from '../chat/local-files.ts'
import { UploadQueue } from '../chat/upload-queue.ts'
import { defaultUploadLimits } from '../chat/upload-rules.ts'
import type { OutgoingFile, UploadCompletion } from '../participant/participant-api.ts'
import { ServiceError } from '../participant/service-error.ts'
import type { JournaledUpload } from '../store/conversation-store.ts'
import { Secret } from '../vault/secret.ts'
import { ManualClock } from './manual-clock.ts'
import { MemoryStore } from './memory-store.ts'

export const uploadChat = ChatId.parse('chat-1')

type Step = 'start' | 'put' | 'complete'

/** An upload queue whose files, service and storage do what the test says. */
export class UploadWorld {
  readonly clock = new ManualClock()
  readonly store = new MemoryStore()
  readonly queue: UploadQueue
  readonly files = new Map<string, LocalFile>()
  readonly steps: string[] = []
  /** What goes wrong next, at which step; null is a step that goes well. */
  readonly failures: Record<Step, (ServiceError | null)[]> = { start: [], put: [], complete: [] }
  readonly completions: UploadCompletion[] = []
  filesUsed = 0
  missed = 0
  #ids = 0
  #tickets = 0
  #held: (() => void) | null = null
  holdsPut = false

  /** `change` is what became of the files meanwhile. */
  constructor(
    restored: readonly JournaledUpload[] = [],
    change: (world: UploadWorld) => void = () => undefined,
  ) {
    this.addFile('photo.png')
    change(this)
    this.queue = new UploadQueue({
      chatId: uploadChat,
      clock: this.clock,
      store: this.store,
      backoff: () => 100,
      newId: () => `id-${(this.#ids += 1)}`,
      limits: defaultUploadLimits,
      filesUsed: () => this.filesUsed,
      measured: () => undefined,
      missed: () => (this.missed += 1),
      changed: () => undefined,
      files: {
        inspect: (path) => this.#inspect(path),
        open: async (path) => ({
          facts: await this.#inspect(path),
          async *read() {
            yield await Promise.resolve(new Uint8Array(1000))
          },
          close: () => Promise.resolve(),
        }),
        preview: () => Promise.resolve('picture'),
      },
      calls: {
        startAttachmentUpload: () => this.#start(),
        storeFile: (_, file, call) => this.#put(file, call?.signal),
        completeAttachmentUpload: (completion) => this.#complete(completion),
      },
    })
    this.queue.restore(restored)
    this.queue.open()
  }

  addFile(name: string, change: Partial<LocalFile> = {}): void {
    const photo = { bytes: 1000, modifiedAt: 1, contentType: 'image/png', nature: 'other' } as const
    this.files.set(name, { name, ...photo, ...change })
  }

  get phases(): readonly string[] {
    return this.queue.list().map(({ state }) => state.phase)
  }

  async stageAndSend(name = 'photo.png'): Promise<string> {
    const { uploadId } = await this.queue.stage(name)
    await this.queue.send([uploadId])
    await this.clock.advance(0)
    return uploadId
  }

  /** Lets a held transfer go on. */
  release(): void {
    this.holdsPut = false
    this.#held?.()
  }

  async #inspect(path: string): Promise<LocalFile> {
    const file = this.files.get(path)
    if (file === undefined) throw new ServiceError('file-unreadable', `${path} cannot be read.`)
    return file
  }

  async #start() {
    this.#step('start')
    this.#tickets += 1
    return {
      attachmentId: `file-${this.#tickets}`,
      url: new Secret('https://storage'),
      lifetime: 1,
      headers: {},
    }
  }

  async #put(file: OutgoingFile, signal: AbortSignal | undefined): Promise<void> {
    for await (const piece of file.read()) file.progressed(piece.length)
    if (this.holdsPut) await this.#hold(signal)
    this.#step('put')
  }

  #hold(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#held = resolve
      signal?.addEventListener('abort', () => reject(new ServiceError('cancelled', 'given up')))
    })
  }

  async #complete(completion: UploadCompletion): Promise<void> {
    this.completions.push(completion)
    this.#step('complete')
  }

  #step(name: Step): void {
    this.steps.push(name)
    const failure = this.failures[name].shift() ?? null
    if (failure !== null) throw failure
  }
}
