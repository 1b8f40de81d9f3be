import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Entry } from '#shared/entry.ts'
import { DeskError } from '#shared/failure.ts'
import type { ContactHandle } from '#simulator/contact-handle.ts'
import type { Simulator } from '#simulator/simulator.ts'
import type { RealChat } from '../../testing/real-chat.ts'
import { aRealChat, aRealWorld } from '../../testing/real-chat.ts'
import { surely } from './eventually.ts'
import type { Verdict } from './verdict.ts'
import { judge } from './verdict.ts'

/** More than one page of it. */
const history = Array.from({ length: 120 }, (_, index) => `Earlier ${index + 1}`)
const missed = ['Are you still there?', 'My line was bad.', 'Now it is better.']
const typed = ['On its way.', 'I am.']
const supervised = [
  ['monitor', 'Is anybody else here?'],
  ['barge', 'Hello to both of you.'],
  ['leave', 'And goodbye.'],
] as const
const paper = 'These are the notes.'
const photo = 'A bill'

/** What the service has of what the agent did. */
interface Done {
  readonly typing: number
  readonly wasRead: boolean
  readonly files: readonly string[]
}

/** A conversation with everything in it that can be in one, on the app's own engine. */
export class WholeSession {
  readonly chat: RealChat
  readonly contact: ContactHandle
  /** What the agent was told when asking for a file that was rejected. */
  refusal: string | null = null
  guide: readonly string[] = []
  received: string | null = null
  /** That a supervisor came and went, as the log shows it. */
  supervisorEvents = 0
  readonly #simulator: Simulator
  readonly #folder: string

  static async begin(simulator: Simulator, folder: string): Promise<WholeSession> {
    const contact = simulator.contact({ customerName: 'Ana' })
    contact.sayAll(history)
    const { participantToken } = contact.agent
    const chat = await aRealChat(aRealWorld(simulator.endpoint), { participantToken })
    return new WholeSession({ simulator, folder, contact, chat })
  }

  private constructor(parts: {
    simulator: Simulator
    folder: string
    contact: ContactHandle
    chat: RealChat
  }) {
    this.#simulator = parts.simulator
    this.#folder = parts.folder
    this.contact = parts.contact
    this.chat = parts.chat
  }

  /** Up to the end of the chat, which is another matter. */
  async play(): Promise<void> {
    const { session } = this.chat
    session.setActive(true)
    session.open()
    await this.#until(() => this.phase === 'live' && this.#shows(history))
    this.#simulator.contact({ customerName: 'Ben' }).say('I am somebody else.')
    await this.#talk()
    await this.#exchangeFiles()
    await this.#askForRejectedFile()
    await this.#loseTheLine()
    await this.#openGuide()
    await this.#beSupervised()
  }

  get phase(): string {
    return this.chat.session.summary().link.phase
  }

  verdict({ isShutOut }: { readonly isShutOut: boolean }): Verdict {
    return judge(this.contact, { entries: this.chat.session.entries(), typed, isShutOut })
  }

  done(): Done {
    const { typing, receipts, attachments } = this.contact.truth({ bytes: true })
    const sent = attachments.filter(({ name }) => name === 'notes.txt')
    return {
      typing: typing.length,
      wasRead: receipts.some(({ ReadTimestamp }) => ReadTimestamp !== undefined),
      files: sent.map(({ bytesBase64 = '' }) => Buffer.from(bytesBase64, 'base64').toString()),
    }
  }

  get deliveries(): readonly string[] {
    return this.#messages.flatMap(({ delivery }) => (delivery === null ? [] : [delivery.state]))
  }

  async #talk(): Promise<void> {
    const { session } = this.chat
    this.contact.say('Where is my order?')
    await this.#until(() => this.#shows(['Where is my order?']))
    session.seen(this.#messages.at(-1)?.id ?? '')
    session.typing()
    await this.#say(typed[0] ?? '')
    const answer = this.contact
      .truth()
      .transcript.findLast(({ ParticipantRole }) => ParticipantRole === 'AGENT')
    this.contact.acknowledge('read', answer?.Id ?? '')
    await this.#until(() => this.deliveries[0] === 'read')
    await this.#until(() => this.done().wasRead && this.done().typing === 1)
  }

  async #exchangeFiles(): Promise<void> {
    const { session } = this.chat
    const file = path.join(this.#folder, 'notes.txt')
    await writeFile(file, paper)
    const { uploadId } = await session.uploads.stage(file)
    await session.uploads.send([uploadId])
    await this.#until(() => this.#fileStatus('notes.txt') === 'approved')
    const bytes = Buffer.from(photo)
    const { attachmentId } = this.contact.attach({ name: 'bill.txt', contentType: 'text/plain', bytes })
    await this.#until(() => this.#fileStatus('bill.txt') === 'approved')
    const { url } = await session.attachment(attachmentId)
    this.received = await (await fetch(url.reveal())).text()
  }

  async #askForRejectedFile(): Promise<void> {
    this.#simulator.faults.add({ kind: 'reject-attachments', count: 1 })
    const bytes = Buffer.from('Bad')
    const { attachmentId } = this.contact.attach({ name: 'bad.txt', contentType: 'text/plain', bytes })
    await this.#until(() => this.#fileStatus('bad.txt') === 'rejected')
    try {
      await this.chat.session.attachment(attachmentId)
    } catch (error) {
      this.refusal = error instanceof DeskError ? error.failure.code : String(error)
    }
  }

  /** Both speak as the socket goes, so what the agent says may have left without an answer. */
  async #loseTheLine(): Promise<void> {
    this.#simulator.faults.add({ kind: 'drop-sockets' })
    this.contact.sayAll(missed)
    await this.#say(typed[1] ?? '')
    await this.#until(() => this.phase === 'live' && this.#shows(missed))
  }

  async #openGuide(): Promise<void> {
    const template = JSON.stringify({ Body: [{ Title: 'Your booking' }] })
    const { id } = this.contact.show({
      Id: 'detail',
      Arn: 'arn:detail',
      Name: 'Detail',
      Version: 1,
      Content: { InputSchema: '{}', Template: template, Actions: ['Next'] },
    })
    const entry = () => this.#messages.find(({ serviceId }) => serviceId === id)
    await this.#until(() => entry() !== undefined)
    this.guide = (await this.chat.session.describeView(entry()?.id ?? '')).lines
  }

  /** Somebody reads along, takes part, and goes: the service takes no receipts meanwhile. */
  async #beSupervised(): Promise<void> {
    for (const [mode, text] of supervised) {
      this.contact.supervise({ mode, displayName: 'Kim' })
      this.contact.say(text)
      await this.#until(() => this.#shows([text]))
      this.chat.session.seen(this.#messages.at(-1)?.id ?? '')
    }
    const guests = this.chat.session
      .entries()
      .filter((entry) => entry.kind === 'event' && entry.sender?.role === 'supervisor')
    this.supervisorEvents = guests.length
  }

  async #say(text: string): Promise<void> {
    await this.chat.session.send({ text, contentType: 'text/plain' })
    await this.#until(() => this.chat.session.summary().outbox.waiting === 0)
  }

  get #messages(): readonly Extract<Entry, { kind: 'message' }>[] {
    return this.chat.session.entries().filter((entry) => entry.kind === 'message')
  }

  #shows(texts: readonly string[]): boolean {
    const shown = new Set(this.#messages.map(({ body }) => ('text' in body ? body.text : '')))
    return texts.every((text) => shown.has(text))
  }

  #fileStatus(name: string): string | undefined {
    const files = this.chat.session
      .entries()
      .flatMap((entry) => (entry.kind === 'attachment' ? entry.files : []))
    return files.findLast((file) => file.name === name)?.status
  }

  #until(claim: () => boolean): Promise<void> {
    return surely(claim, 20_000)
  }
}

export const whole = { received: photo, guide: ['Your booking', 'Action: Next'], files: [paper] }
