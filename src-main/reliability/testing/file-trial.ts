import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { DeskError } from '#shared/failure.ts'
import type { Upload } from '#shared/model.ts'
import type { ContactHandle } from '#simulator/contact-handle.ts'
import type { OperationName } from '#simulator/service/operations.ts'
import type { Simulator } from '#simulator/simulator.ts'
import { startSimulator } from '#simulator/simulator.ts'
import { download } from '../../participant/storage-download.ts'
import type { RealChat, RealWorld } from '../../testing/real-chat.ts'
import { aRealChat, aRealWorld } from '../../testing/real-chat.ts'
import { aStoredChat } from '../../testing/stored-chat.ts'
import { Secret } from '../../vault/secret.ts'
import { eventually, pause } from './eventually.ts'
import type { FilePlan, FileScene } from './file-plans.ts'
import { orphanedCompletions } from './orphaned.ts'

export interface FileOutcome {
  /** How the chip ends; 'gone' when the agent took it away. */
  readonly end: 'delivered' | 'failed' | 'gone' | 'stuck'
  /** What the chip says when it failed. */
  readonly sentence: string
  readonly canRetry: boolean
  readonly starts: number
  readonly puts: number
  readonly completes: number
  readonly orphaned: number
  /** What the customer has of it. */
  readonly customer: string
}

const settlesWithin = 20_000
/** Whatever would come too late has come by then. */
const quiet = 300

/** One file of the agent on real HTTP, and one thing that happens to it. */
export async function sendOneFile(plan: FilePlan): Promise<FileOutcome> {
  const simulator = await startSimulator(plan.switches === undefined ? {} : { switches: plan.switches })
  const folder = await mkdtemp(path.join(tmpdir(), 'upload-'))
  const trial = new FileTrial(simulator, path.join(folder, plan.file.name))
  try {
    await writeFile(trial.path, plan.file.bytes())
    return await trial.run(plan)
  } finally {
    await trial.close()
    await simulator.close()
    await rm(folder, { recursive: true })
  }
}

class FileTrial implements FileScene {
  readonly simulator: Simulator
  readonly contact: ContactHandle
  readonly path: string
  readonly #world: RealWorld
  readonly #stored = aStoredChat()
  #chat: RealChat | null = null
  #uploadId = ''

  constructor(simulator: Simulator, file: string) {
    this.simulator = simulator
    this.path = file
    this.contact = simulator.contact({ customerName: 'Ana' })
    this.#world = aRealWorld(simulator.endpoint)
  }

  async run({ file, arrange, meanwhile }: FilePlan): Promise<FileOutcome> {
    await this.#open()
    arrange?.(this)
    const { uploadId } = await this.#uploads.stage(this.path)
    this.#uploadId = uploadId
    await this.#uploads.send([uploadId])
    await meanwhile?.(this)
    await this.settled()
    await pause(quiet)
    return {
      ...this.#chip(),
      starts: this.seen('StartAttachmentUpload'),
      puts: this.seen('PutObject'),
      completes: this.seen('CompleteAttachmentUpload'),
      orphaned: orphanedCompletions(this.contact),
      customer: await this.#customerHas(Buffer.from(file.bytes())),
    }
  }

  seen(operation: OperationName): number {
    return this.simulator.requests({ operation }).length
  }

  async reached(operation: OperationName, times = 1): Promise<void> {
    await this.until(() => this.seen(operation) >= times)
  }

  async until(claim: () => boolean): Promise<void> {
    await eventually(claim, settlesWithin)
  }

  async settled(): Promise<void> {
    await this.until(() => this.#chip().end !== 'stuck')
  }

  /** What was not on the disk is gone, and whatever was on the wire is cut. */
  async crash(): Promise<void> {
    const { store } = this.#world
    store.break(new DeskError('not-saved', 'The power is off.'))
    await this.#chat?.session.close()
    store.crash(0)
    store.break(null)
    this.simulator.faults.clear()
    await this.#open()
  }

  async retry(): Promise<void> {
    await this.settled()
    this.simulator.faults.clear()
    await this.#uploads.retry(this.#uploadId)
  }

  /** The agent answers the question about the file with yes. */
  async sendAnyway(): Promise<void> {
    await this.#uploads.sendAnyway(this.#uploadId)
  }

  async cancel(): Promise<void> {
    await this.#uploads.cancel(this.#uploadId)
  }

  async close(): Promise<void> {
    await this.#chat?.session.close()
  }

  get #uploads(): RealChat['session']['uploads'] {
    if (this.#chat === null) throw new Error('The chat is not open yet')
    return this.#chat.session.uploads
  }

  async #open(): Promise<void> {
    const chat = await aRealChat(this.#world, { ...this.contact.agent, chat: this.#stored })
    this.#chat = chat
    chat.session.open()
    await chat.until((session) => session.summary().link.phase === 'live')
  }

  #chip(): Pick<FileOutcome, 'end' | 'sentence' | 'canRetry'> {
    const calm = { sentence: '', canRetry: false }
    const shown = this.#uploads.list().find(({ uploadId }) => uploadId === this.#uploadId)
    if (shown?.state.phase === 'failed') {
      const { reason, canRetry } = shown.state
      return { end: 'failed', sentence: reason, canRetry }
    }
    const last = shown ?? this.#told.at(-1)
    if (last?.state.phase === 'delivered') return { end: 'delivered', ...calm }
    return { end: shown === undefined ? 'gone' : 'stuck', ...calm }
  }

  /** The chip as the page was told of it, from the first time to the last. */
  get #told(): readonly Upload[] {
    const lists = this.#chat?.changes.flatMap(({ uploads }) => uploads ?? []) ?? []
    return lists.filter(({ uploadId }) => uploadId === this.#uploadId)
  }

  async #customerHas(sent: Buffer): Promise<string> {
    const { transcript } = this.contact.truth()
    const files = transcript.flatMap(({ Attachments = [] }) => Attachments)
    const approved = files.filter(({ Status }) => Status === 'APPROVED')
    if (files.length === 0) return 'nothing'
    if (files.length > 1) return `${String(files.length)} files`
    const [file] = approved
    if (file === undefined) return 'a rejected file'
    this.simulator.faults.clear()
    const bytes = await this.#fetchAsCustomer(file.AttachmentId)
    return bytes.equals(sent) ? 'the file, whole' : `${String(bytes.length)} other bytes`
  }

  async #fetchAsCustomer(attachmentId: string): Promise<Buffer> {
    const { client } = this.#world
    const { credentials } = await client.createConnection(
      new Secret(this.contact.customer.participantToken),
      { types: ['CONNECTION_CREDENTIALS'], connectParticipant: false },
    )
    if (credentials === null) throw new Error('The customer has no connection token')
    const { url } = await client.getAttachment(credentials.token, attachmentId)
    return buffer(
      download({
        url: url.reveal(),
        maxBytes: 64 * 1024 * 1024,
        agents: { http: new HttpAgent(), https: new HttpsAgent() },
        endpoint: url.reveal(),
      }),
    )
  }
}
